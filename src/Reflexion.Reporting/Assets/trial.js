// One trial: what was judged, done, shown and learnt.

function showTrial(episode, record) {
  const trial = fullTrial(episode, record.number);
  const head = el('dl', { class: 'facts' }, trialFacts(record, trial).map(([name, value]) => el('div', null, el('dt', null, name), el('dd', null, value))));
  if (!trial) return [head, el('p', { class: 'notice' }, 'Of this episode the report holds the summary alone: no prompt and no trajectory.')];
  return [
    head,
    verdicts(trial),
    el('h4', null, 'What it did'), stepsOf(trial.trajectory),
    lessonsOf(episode, trial),
    el('h4', null, 'The prompt as the model saw it'), promptParts(episode, trial),
    promptChange(trialBefore(episode, trial), trial),
    el('h4', null, 'What it used'), usageTable(trial.usage, 'Usage of this trial by component'),
  ];
}

function trialFacts(record, trial) {
  const change = trial?.deltaG === undefined ? [] : [['\u0394G', signed(trial.deltaG)]];
  const heldOut = record.heldOutSuccess === undefined ? [] : [['Held-out', `${record.heldOutSuccess ? 'solved' : 'not solved'}, ${decimal(record.heldOutScore)}`]];
  return [
    ['Outcome', outcomeBadge(record.outcome)], ['Return G', decimal(record.score)], ...change, ...heldOut,
    ['Steps', count(record.steps)], ['Tokens', count(record.usage.tokens.inputTokens + record.usage.tokens.outputTokens)],
    ...(record.usage.cost ? [['Cost', money(record.usage.cost)]] : []), ['Time', duration(record.duration)],
  ];
}

function verdicts(trial) {
  return [['Evaluation', trial.evaluation], ['Held-out evaluation', trial.heldOutEvaluation]].filter(([, verdict]) => verdict).map(([name, verdict]) =>
    el('section', { class: `verdict ${verdict.success ? 'good' : 'bad'}`, 'aria-label': name },
      el('h4', null, `${name}: ${verdict.success ? '\u2713 solved' : '\u2715 not solved'}, ${decimal(verdict.score)}`),
      verdict.feedback ? textBlock(verdict.feedback) : null,
      verdict.evidence?.length ? details('Evidence', el('ul', null, verdict.evidence.map(text => el('li', null, textBlock(text))))) : null));
}

function stepsOf(trajectory) {
  return [
    trajectory.initialObservation?.text.trim() ? el('div', { class: 'line' }, el('span', { class: 'label' }, 'Start'), textBlock(trajectory.initialObservation.text, { class: 'text observation' })) : null,
    el('ol', { class: 'steps' }, trajectory.steps.map(stepOf)),
    el('p', { class: 'end' }, el('strong', null, `${words(trajectory.end)}. `), el('bdi', null, trajectory.endDetail ?? '')),
    trajectory.answer === undefined ? null : el('div', { class: 'line' }, el('span', { class: 'label' }, 'Answer'), textBlock(trajectory.answer, { class: 'text answer' })),
  ];
}

function stepOf(step) {
  const usual = step.outcome === 'Executed' || step.outcome === 'Answered';
  return el('li', { 'data-step': step.number }, line('Thought', step.thought, 'thought'), line('Action', step.action?.text, 'action'),
    usual ? null : el('p', { class: 'trouble' }, `! ${words(step.outcome)}`), line('Observation', step.observation?.text, 'observation', integrityNote(step.observation?.integrity)));
}

function line(label, text, kind, note) {
  return text === undefined || text === null ? null : el('div', { class: 'line' }, el('span', { class: 'label' }, label, note), textBlock(text, { class: `text ${kind}` }));
}

function integrityNote(integrity) {
  return integrity ? el('span', { class: `integrity integrity-${integrity}`, title: INTEGRITY[integrity] }, integrity.toLowerCase()) : null;
}

const INTEGRITY = {
  Trusted: 'Written by the application\u2019s developer',
  Model: 'Written by a model from trusted text',
  Untrusted: 'Observed in the world, or derived from such text',
};

function lessonsOf(episode, trial) {
  const used = trial.recalledLessonIds.map(id => lessonIn(episode.arm, episode.seed, id) ?? { id, text: `Lesson ${id}, which the report does not hold.` });
  const isFromHere = from => from.episodeId === episode.episodeId && from.trial === trial.number;
  const rejected = rejectedLessons().filter(one => one.arm === episode.arm && one.seed === episode.seed && one.lesson.provenances.some(isFromHere));
  return [
    used.length ? [el('h4', null, `Lessons it was given (${used.length})`), el('ul', { class: 'lessons' }, used.map(lesson => el('li', null, textBlock(lesson.text), lessonLine(lesson))))] : null,
    trial.lesson ? [el('h4', null, 'Lesson it led to'), lessonCard(trial.lesson)] : null,
    rejected.length ? [el('h4', null, 'Lesson that was rejected'), rejected.map(one => el('div', null, lessonCard(one.lesson), el('p', { class: 'trouble' }, '! ', el('bdi', null, one.reason))))] : null,
  ];
}

function lessonCard(lesson) {
  return el('div', { class: 'lesson-card' }, textBlock(lesson.text), line('Root cause', lesson.rootCause, 'thought'), line('Plan', lesson.plan, 'action'));
}

function lessonLine(lesson) {
  if (!lesson.provenances) return null;
  const credit = creditOf(lesson);
  return el('p', { class: 'note' }, `${lesson.state ?? 'Candidate'} \u00B7 ${plural(credit.uses, 'use')} \u00B7 mean \u0394G ${signed(credit.mean)} \u00B7 `, originOf(lesson));
}
