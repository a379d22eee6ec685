import assert from "node:assert/strict";
import { test } from "node:test";
import { arrangeRows, entityRows, statementRows } from "../../kg/view/script/rows.js";
import { shownIn, smallModel } from "./small.js";

const model = smallModel();

test("entities stand with their type, their statements and their aliases", () => {
  assert.deepEqual(entityRows(model, shownIn(model))[1], { index: 1, cells: ['The "Mill"', "Thing", 5, "Mill"] });
  assert.equal(
    entityRows(
      model,
      shownIn(model, () => false),
    )[1].cells[2],
    0,
  );
});

test("statements stand with the quote that is surest", () => {
  const rows = statementRows(model, shownIn(model));
  assert.deepEqual(rows[0].cells, ["Ada", "founderOf", 'The "Mill"', "asserted", "One", "🎡"]);
  assert.deepEqual(rows[5].cells, ['The "Mill"', "founded", "1999", "asserted", "", ""]);
});

test("only what is shown is listed", () => {
  assert.deepEqual(
    statementRows(
      model,
      shownIn(model, (i) => i === 4),
    ).map(({ index }) => index),
    [4],
  );
});

test("rows are filtered by all words and sorted by a column", () => {
  const rows = entityRows(model, shownIn(model));
  assert.deepEqual(
    arrangeRows(rows, { words: "THING  wheel" }).map(({ index }) => index),
    [2],
  );
  assert.deepEqual(
    arrangeRows(rows, { column: 2, descending: true }).map(({ cells }) => cells[2]),
    [5, 3, 2, 2, 0],
  );
  assert.deepEqual(
    arrangeRows(rows, { column: 0 }).map(({ cells }) => cells[0]),
    ["Ada", "Bo", 'The "Mill"', "Wheels", "York"],
  );
  assert.deepEqual(arrangeRows(rows, {}), rows);
});
