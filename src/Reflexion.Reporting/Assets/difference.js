// What one text has that another has not, word by word: Myers' O(ND) algorithm (1986).

const MOST_EDITS = 1200;

function tokens(text) {
  return text.match(/\s+|[^\s]+/g) ?? [];
}

// Runs of { kind: 'same' | 'removed' | 'added', text }.
function difference(before, after) {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const middle = edits(before.slice(head, before.length - tail), after.slice(head, after.length - tail));
  return merge([...before.slice(0, head).map(text => ({ kind: 'same', text })), ...middle, ...before.slice(before.length - tail).map(text => ({ kind: 'same', text }))]);
}

function edits(before, after) {
  const trace = shortestEdit(before, after);
  return trace ? walkBack(before, after, trace) : [...before.map(text => ({ kind: 'removed', text })), ...after.map(text => ({ kind: 'added', text }))];
}

// For each number of edits, how far every diagonal reaches; null where the texts have too little in common.
function shortestEdit(before, after) {
  let reach = new Map([[1, 0]]);
  const trace = [];
  for (let size = 0; size <= Math.min(MOST_EDITS, before.length + after.length); size++) {
    trace.push(reach);
    const next = new Map(reach);
    for (let k = -size; k <= size; k += 2) {
      let x = isDown(reach, k, size) ? reach.get(k + 1) : reach.get(k - 1) + 1;
      while (x < before.length && x - k < after.length && before[x] === after[x - k]) x++;
      next.set(k, x);
      if (x >= before.length && x - k >= after.length) return trace;
    }
    reach = next;
  }
  return null;
}

function isDown(reach, k, size) {
  return k === -size || (k !== size && reach.get(k - 1) < reach.get(k + 1));
}

function walkBack(before, after, trace) {
  const pieces = [];
  let x = before.length;
  let y = after.length;
  for (let size = trace.length - 1; size >= 0; size--) {
    const k = x - y;
    const from = isDown(trace[size], k, size) ? k + 1 : k - 1;
    const startX = size === 0 ? 0 : trace[size].get(from);
    const startY = size === 0 ? 0 : startX - from;
    while (x > startX && y > startY) {
      pieces.push({ kind: 'same', text: before[--x] });
      y--;
    }
    if (size === 0) break;
    pieces.push(x === startX ? { kind: 'added', text: after[--y] } : { kind: 'removed', text: before[--x] });
  }
  return pieces.reverse();
}

function merge(pieces) {
  const runs = [];
  for (const piece of pieces) {
    if (runs.at(-1)?.kind === piece.kind) runs.at(-1).text += piece.text;
    else runs.push({ ...piece });
  }
  return runs;
}
