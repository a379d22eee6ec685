// Nothing chosen; a path or the answer of a query may still be on show.
export const RELEASED = { entity: -1, statement: -1, hover: -1, community: -1 };
export const CLEARED = { ...RELEASED, path: null, pathStatements: null, query: -1 };

// What is chosen and shown; everything on the page follows from it.
export function initialState(model) {
  return {
    ...CLEARED,
    ...unfiltered(model),
    silent: false,
    revealed: new Set(),
    reading: -1,
    marker: null,
    theme: "auto",
  };
}

export function unfiltered(model) {
  return {
    hiddenTypes: new Set(),
    hiddenPredicates: new Set(),
    stances: firstStances(model),
    documents: null,
    speakers: null,
    confidence: 0,
    time: null,
    undated: true,
  };
}

// Facts only at first; where nothing is a fact, whatever is said.
function firstStances({ stances, stance }) {
  const fact = stances.indexOf("asserted");
  return stance.includes(fact) ? new Set([fact]) : new Set(stances.keys());
}

export function isFiltered(model, current) {
  const { hiddenTypes, hiddenPredicates, stances, documents, speakers, confidence, time, undated } = current;
  if (hiddenTypes.size || hiddenPredicates.size || documents || speakers || confidence || time || !undated) return true;
  const first = firstStances(model);
  return first.size !== stances.size || [...first].some((stance) => !stances.has(stance));
}

export function createState(model) {
  const listeners = [];
  const waiting = [];
  let telling = false;
  const state = { current: initialState(model), set, on: (listener) => listeners.push(listener) };

  // A listener may set again: the others then hear of both changes, in their order.
  function set(patch) {
    const previous = state.current;
    state.current = { ...previous, ...patch };
    waiting.push([state.current, previous]);
    if (telling) return;
    telling = true;
    try {
      while (waiting.length) {
        const change = waiting.shift();
        for (const listener of listeners) listener(...change);
      }
    } finally {
      telling = false;
      waiting.length = 0;
    }
  }
  return state;
}
