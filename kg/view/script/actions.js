import { byDegree, statementsAbout } from "./data.js";
import { closeCard } from "./dialogs.js";
import { RELEASED } from "./state.js";

// What the drawing and the keys do to the state.
export function createActions(model, state, shownOf) {
  const neighbours = (entity) =>
    statementsAbout(model, entity)
      .filter((i) => shownOf().statements[i] && model.o[i] >= 0)
      .map((i) => (model.s[i] === entity ? model.o[i] : model.s[i]));
  return {
    open(view, { entity = -1, community = -1 }) {
      if (community >= 0)
        return view.fit(
          byDegree(model, (i) => model.community[i] === community),
          true,
        );
      if (entity < 0) return;
      const around = [entity, ...neighbours(entity)];
      state.set({ revealed: new Set([...state.current.revealed, ...around]) });
      view.fit(around, true);
    },
    // First what is chosen is let go, then a path or an answer with its card.
    clear() {
      const { entity, statement, community } = state.current;
      if (Math.max(entity, statement, community) >= 0) state.set(RELEASED);
      else closeCard();
    },
    firstEntity: () => byDegree(model, (i) => shownOf().entities[i])[0] ?? -1,
  };
}
