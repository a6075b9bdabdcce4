// Filters that several views share.

// fields: which of text, arm, seed, outcome, state. Calls changed(values) after each change.
function filterBar(fields, changed) {
  const { arms, seeds } = report.experiment;
  const inputs = {};
  const update = () => changed(Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value])));
  const select = (name, label, values, show = value => value) => inputs[name] = el('select', { 'data-filter': name, 'aria-label': label, change: update },
    el('option', { value: '' }, `Every ${name}`), values.map(value => el('option', { value }, plain(show(value)))));
  const makers = {
    text: () => inputs.text = el('input', { type: 'search', 'data-filter': 'text', placeholder: 'Search the text', 'aria-label': 'Search the text', focus: prepareSearch, input: soon(update) }),
    arm: () => select('arm', 'Arm', arms.map(arm => arm.name)),
    seed: () => select('seed', 'Seed', seeds, seed => `Seed ${seed}`),
    outcome: () => select('outcome', 'Outcome', Object.keys(OUTCOMES), name => `${outcomeSign(name)} ${name}`),
    state: () => select('state', 'State', ['Candidate', 'Probation', 'Promoted', 'Retired']),
  };
  const result = el('p', { class: 'result', role: 'status' });
  const bar = el('form', { class: 'filters', role: 'search', submit: event => event.preventDefault() }, fields.map(field => makers[field]()), result);
  return { bar, say: text => replace(result, text) };
}

// Once for a burst of keystrokes.
function soon(action) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, 80);
  };
}

function matchesEpisode(episode, { text, arm, seed }) {
  return (!arm || episode.arm === arm) && (!seed || String(episode.seed) === seed) && (!text || searchText(episode).includes(text.toLowerCase()));
}

// All there is to read of an episode, in lower case; put together when first searched.
function searchText(episode) {
  return episode.searchText ??= [
    episode.taskId, report.taskById.get(episode.taskId).instruction, episode.detail, episode.arm, ...(episode.episode?.trials ?? []).flatMap(trialTexts),
  ].join('\n').toLowerCase();
}

// Before the first key is struck.
function prepareSearch() {
  report.experiment.episodes.forEach(searchText);
}

function trialTexts({ trajectory, evaluation, prompt, lesson }) {
  const steps = trajectory.steps.flatMap(step => [step.thought, step.action?.text, step.observation?.text]);
  return [...steps, trajectory.answer, evaluation?.feedback, lesson?.text, ...prompt.filter(part => part.kind === 'Refinement').map(part => part.text)].filter(Boolean);
}
