// Outcomes are told apart by sign first, by colour second.

const OUTCOMES = {
  Solved: ['\u2713', ''],
  Failed: ['\u2715', 'a wrong answer'],
  Halted: ['\u2016', 'cut off before an answer'],
  Invalid: ['?', 'no answer that could be judged'],
  Errored: ['!', 'a component failed'],
  Budget: ['\u00A4', 'the budget ended'],
  Unfinished: ['\u00B7', 'not run to its end'],
};

function outcomeSign(outcome) {
  return OUTCOMES[outcome][0];
}

function outcomeMark(outcome) {
  return el('span', { class: `sign outcome-${outcome}`, 'aria-hidden': 'true' }, outcomeSign(outcome));
}

function outcomeBadge(outcome) {
  return el('span', { class: `badge outcome-${outcome}` }, el('span', { 'aria-hidden': 'true' }, outcomeSign(outcome)), ` ${outcome}`);
}

function outcomeLegend() {
  return el('ul', { class: 'legend', 'aria-label': 'Outcomes' }, Object.entries(OUTCOMES).map(([name, [, meaning]]) =>
    el('li', null, outcomeMark(name), ` ${name}`, el('span', { class: 'note' }, ` ${meaning}`))));
}

// What the held-out evaluator says, where it contradicts the evaluator that the agent sees.
function isDisputed(trial) {
  return trial.heldOutSuccess !== undefined && trial.heldOutSuccess !== (trial.outcome === 'Solved');
}
