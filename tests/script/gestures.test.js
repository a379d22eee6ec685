import assert from "node:assert/strict";
import { test } from "node:test";
import { attachGestures } from "../../kg/view/script/gestures.js";

function played(...events) {
  const listeners = {};
  const canvas = {
    style: {},
    setPointerCapture() {},
    addEventListener: (name, act) => Object.assign(listeners, { [name]: act }),
  };
  const calls = [];
  const record =
    (name) =>
    (...values) =>
      calls.push([name, ...values]);
  attachGestures(
    canvas,
    Object.fromEntries(["pan", "zoom", "hover", "leave", "press", "open"].map((name) => [name, record(name)])),
  );
  for (const [type, x, y, more] of events) {
    const plain = {
      type,
      offsetX: x,
      offsetY: y,
      pointerId: 1,
      pointerType: "mouse",
      button: 0,
      timeStamp: 0,
      preventDefault() {},
    };
    listeners[type]({ ...plain, ...more });
  }
  return calls;
}

test("a press that hardly moves is a click", () => {
  assert.deepEqual(played(["pointerdown", 5, 5], ["pointermove", 7, 5], ["pointerup", 7, 5]), [["press", 7, 5]]);
});

test("a press that moves pans, and is no click", () => {
  const calls = played(["pointerdown", 5, 5], ["pointermove", 25, 5], ["pointermove", 30, 9], ["pointerup", 30, 9]);
  assert.deepEqual(calls, [
    ["pan", 20, 0],
    ["pan", 5, 4],
  ]);
});

test("two quick clicks at one place open, slow ones do not", () => {
  const clicks = (later) => [
    ["pointerdown", 5, 5],
    ["pointerup", 5, 5],
    ["pointerdown", 6, 5],
    ["pointerup", 6, 5, { timeStamp: later }],
  ];
  assert.deepEqual(played(...clicks(200)), [["press", 5, 5], ["open"]]);
  assert.deepEqual(played(...clicks(900)), [
    ["press", 5, 5],
    ["press", 6, 5],
  ]);
});

test("two fingers zoom about the point between them", () => {
  const second = { pointerId: 2, pointerType: "touch" };
  const calls = played(
    ["pointerdown", 0, 0, { pointerType: "touch" }],
    ["pointerdown", 100, 0, second],
    ["pointermove", 200, 0, second],
  );
  assert.deepEqual(calls, [
    ["pan", 50, 0],
    ["zoom", 100, 0, 2],
  ]);
});

test("the wheel zooms about the pointer; other buttons do nothing", () => {
  const [[name, x, y, factor]] = played(["wheel", 30, 40, { deltaY: -100, deltaMode: 0 }]);
  assert.deepEqual([name, x, y], ["zoom", 30, 40]);
  assert.ok(factor > 1.1 && factor < 1.3);
  assert.deepEqual(played(["pointerdown", 5, 5, { button: 2 }], ["pointerup", 5, 5, { button: 2 }]), []);
});
