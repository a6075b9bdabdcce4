// Task by trial: a row for each task, a block of columns for each arm and seed.

const heat = { grid: null, body: null, list: null, blocks: [], tasks: [], values: {}, focused: null };

function renderHeatmap(view) {
  const filters = filterBar(['text', 'arm', 'seed', 'outcome'], values => { heat.values = values; showHeat(filters); });
  heat.body = el('div', { role: 'rowgroup' });
  heat.list = growingList(heat.body, heatRow, 60);
  heat.grid = el('div', { role: 'grid', class: 'heat', 'aria-label': 'Outcome by task and trial; arrow keys move, Enter opens', keydown: moveCell, click: openCell }, el('div'), heat.body);
  replace(view, el('h2', null, 'Task \u00D7 trial'), el('p', { class: 'lead' }, 'One row a task, one column a trial. A cell opens its trial; arrow keys move between cells. A dot in a corner: the held-out evaluator disagrees.'),
    outcomeLegend(), filters.bar, el('div', { class: 'scroll heat-frame', role: 'region', 'aria-label': 'Heat map' }, heat.grid, heat.list.end));
  showHeat(filters);
}

function showHeat(filters) {
  const { arm, seed } = heat.values;
  heat.blocks = report.experiment.arms.filter(one => !arm || one.name === arm)
    .flatMap(one => report.experiment.seeds.filter(value => !seed || String(value) === seed).map(value => ({ arm: one.name, seed: value })));
  heat.tasks = report.experiment.tasks.filter(task => heat.blocks.some(block => cellsOf(task, block).length > 0));
  filters.say(`${plural(heat.tasks.length, 'task')} of ${count(report.experiment.tasks.length)}`);
  heat.grid.firstElementChild.replaceWith(heatHead());
  heat.list.show(heat.tasks);
  heat.grid.setAttribute('aria-rowcount', heat.tasks.length + 1);
  heat.grid.querySelector('[data-cell]')?.setAttribute('tabindex', '0');
}

function heatHead() {
  const numbers = () => Array.from({ length: report.trialCount }, (_, i) => el('span', { class: 'slot' }, String(i + 1)));
  return el('div', { role: 'row', class: 'heat-row heat-head' }, el('span', { role: 'columnheader', class: 'heat-task' }, 'Task'), heat.blocks.map(({ arm, seed }) =>
    el('span', { role: 'columnheader', class: 'block', 'aria-label': plain(`${arm}, seed ${seed}`) },
      el('span', { class: 'block-name', title: plain(`${arm}, seed ${seed}`) }, el('bdi', null, arm), report.experiment.seeds.length > 1 ? ` \u00B7 ${seed}` : ''),
      el('span', { class: 'block-cells', 'aria-hidden': 'true' }, numbers()))));
}

function heatRow(task, index) {
  return el('div', { role: 'row', class: 'heat-row', 'aria-rowindex': index + 2 },
    el('span', { role: 'rowheader', class: 'heat-task', title: plain(`${task.id}: ${task.instruction}`) }, el('bdi', null, task.id)), heat.blocks.map(block => heatBlock(task, block)));
}

function heatBlock(task, block) {
  const cells = new Map(cellsOf(task, block).map(trial => [trial.number || 1, trial]));
  const last = episodeOf(block.arm, task.id, block.seed).trials.at(-1);
  const empty = number => el('span', { class: last?.outcome === 'Solved' && number > last.number && cells.size > 0 ? 'slot solved-before' : 'slot', role: 'gridcell' });
  const slots = Array.from({ length: report.trialCount }, (_, i) => cells.has(i + 1) ? heatCell(task, block, cells.get(i + 1)) : empty(i + 1));
  return el('span', { class: 'block block-cells', role: 'presentation' }, slots);
}

// The trials that the filters leave; an episode without any stands for itself.
function cellsOf(task, { arm, seed }) {
  const episode = episodeOf(arm, task.id, seed);
  if (!matchesEpisode(episode, heat.values)) return [];
  const trials = episode.trials.length ? episode.trials : [{ number: 0, outcome: episode.outcome }];
  return heat.values.outcome ? trials.filter(trial => trial.outcome === heat.values.outcome) : trials;
}

function heatCell(task, { arm, seed }, trial) {
  const score = trial.score === undefined ? '' : `, score ${decimal(trial.score)}`;
  const disputed = isDisputed(trial) ? `, held-out evaluator: ${trial.heldOutSuccess ? 'solved' : 'not solved'}` : '';
  const name = plain(`${task.id}, ${arm}, seed ${seed}, ${trial.number ? `trial ${trial.number}` : 'no trial'}: ${trial.outcome}${score}${disputed}`);
  return el('span', {
    class: `slot cell outcome-${trial.outcome}${disputed ? ' disputed' : ''}`, role: 'gridcell', tabindex: '-1', title: name, 'aria-label': name,
    'data-cell': true, 'data-task': task.id, 'data-trial': trial.number, 'data-outcome': trial.outcome, 'data-arm': arm, 'data-seed': seed,
  }, outcomeSign(trial.outcome));
}

function openCell(event) {
  const cell = event.target.closest('[data-cell]');
  if (!cell) return;
  heat.focused = cell;
  const episode = episodeOf(cell.dataset.arm, cell.dataset.task, Number(cell.dataset.seed));
  location.hash = `trials/${episode.index}/${cell.dataset.trial}`;
}

function moveCell(event) {
  const cell = event.target.closest('[data-cell]');
  if (!cell) return;
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    openCell(event);
    return;
  }
  const next = neighbour(cell, event.key, event.ctrlKey);
  if (next === undefined) return;
  event.preventDefault();
  if (next) focusCell(next, cell);
}

// The cell that a key leads to; null where there is none, undefined for any other key.
function neighbour(cell, key, whole) {
  const row = cell.closest('.heat-row');
  const inRow = [...row.querySelectorAll('[data-cell]')];
  const at = inRow.indexOf(cell);
  const rows = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
  if (key in rows) return cellBelow(cell, row, rows[key]);
  if (key === 'Home') return whole ? cellBelow(cell, row, -heat.tasks.length) : inRow[0];
  if (key === 'End') return whole ? cellBelow(cell, row, heat.tasks.length) : inRow.at(-1);
  return { ArrowRight: inRow[at + 1] ?? null, ArrowLeft: inRow[at - 1] ?? null }[key];
}

// The cell so many rows on that lies nearest in its own row.
function cellBelow(cell, row, distance) {
  const from = Number(row.getAttribute('aria-rowindex')) - 2;
  const to = Math.min(heat.tasks.length - 1, Math.max(0, from + distance));
  heat.list.reach(to);
  const target = row.parentElement.children[to];
  const x = slotIndex(cell, row);
  return [...target.querySelectorAll('[data-cell]')].map(one => ({ one, away: Math.abs(slotIndex(one, target) - x) })).reduce((a, b) => b.away < a.away ? b : a).one;
}

function slotIndex(cell, row) {
  return [...row.querySelectorAll('.slot')].indexOf(cell);
}

function focusCell(cell, from) {
  from?.setAttribute('tabindex', '-1');
  cell.setAttribute('tabindex', '0');
  cell.focus();
}

// Back from a trial: the cell that opened it.
function restoreCell() {
  if (heat.focused?.isConnected) focusCell(heat.focused, heat.grid.querySelector('[tabindex="0"]'));
  heat.focused = null;
}
