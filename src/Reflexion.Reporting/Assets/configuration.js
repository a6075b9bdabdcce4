// How the experiment was set up.

function renderConfiguration(view) {
  const { experiment, facts, modelHashes, contamination } = report;
  replace(view,
    el('h2', null, 'Configuration'),
    factTable('configuration', 'Experiment', [['name', experiment.experiment], ['started', instant(experiment.startedAt)], ['duration of this run', duration(experiment.duration)],
      ['seeds', experiment.seeds.join(', ')], ['tasks', count(experiment.tasks.length)], ...Object.entries(experiment.configuration), ...Object.entries(facts)]),
    armTable(experiment.arms),
    settingsTable(experiment.arms),
    Object.keys(modelHashes).length ? factTable('hashes', 'Models and adapters, by hash', Object.entries(modelHashes)) : null,
    factTable('analysis', 'How it was analysed', flat(report.figures.options)),
    contaminationSection(contamination),
    taskTable(experiment.tasks));
}

function factTable(name, caption, facts) {
  return table({ name, caption, style: 'fact-table', head: [{ name: 'Name', text: true }, { name: 'Value', text: true }], rows: facts.map(([fact, value]) => [fact, { content: textBlock(String(value)) }]) });
}

function flat(object, prefix = '') {
  return Object.entries(object).flatMap(([key, value]) => value !== null && typeof value === 'object' ? flat(value, `${prefix}${key}.`) : [[prefix + key, value ?? 'none']]);
}

function armTable(arms) {
  return table({
    name: 'arms', caption: 'Arms',
    head: [{ name: 'Arm', text: true }, { name: 'Strategy', text: true }, { name: 'Model', text: true }, { name: 'Variant', text: true }, { name: 'Trials at most' }, { name: 'Judged by', text: true }, { name: 'Model ids', text: true }],
    rows: arms.map(arm => [arm.name, words(arm.strategy), arm.model || MISSING, arm.variant || MISSING, arm.maxTrials ? count(arm.maxTrials) : MISSING, arm.judgedByHeldOut ? 'held-out evaluator' : 'the agent\u2019s evaluator',
      Object.entries(arm.modelIds).map(([component, id]) => `${words(component)}: ${id}`).join('; ') || MISSING]),
  });
}

function settingsTable(arms) {
  const names = [...new Set(arms.flatMap(arm => Object.keys(arm.settings)))];
  return names.length === 0 ? null : table({
    name: 'settings', caption: 'Settings of the agents',
    head: [{ name: 'Setting', text: true }, ...arms.map(arm => ({ name: arm.name, text: true }))],
    rows: names.map(name => [name, ...arms.map(arm => arm.settings[name] ?? MISSING)]),
  });
}

function contaminationSection(contamination) {
  if (!contamination) return el('p', { class: 'note' }, 'Contamination of prompts by tasks was not checked.');
  const summary = `${plural(contamination.examples, 'example')} and ${plural(contamination.tasks, 'task')} were compared; ${contamination.tooShort.length} tasks were too short to be looked for.`;
  return contamination.findings.length === 0
    ? el('p', { class: 'note' }, `Contamination: nothing was found. ${summary}`)
    : table({
      name: 'contamination', caption: 'Tasks that stand in what models are shown', note: `${summary} A finding is a reason to look, not a proof.`,
      head: [{ name: 'Example', text: true }, { name: 'Task', text: true }, { name: 'Exact', text: true }, { name: 'Overlap' }, { name: 'Longest run' }, { name: 'Excerpt', text: true }],
      rows: contamination.findings.map(finding => [finding.example, finding.taskId, finding.isExact ? 'yes' : 'no', percent(finding.overlap), `${count(finding.longestRun)} words`, { content: textBlock(finding.excerpt) }]),
    });
}

function taskTable(tasks) {
  return details(`Tasks (${count(tasks.length)})`, table({
    name: 'tasks', caption: 'Tasks',
    head: [{ name: 'Task', text: true }, { name: 'Kind', text: true }, { name: 'Instruction', text: true }],
    rows: tasks.map(task => [task.id, task.kind || MISSING, { content: textBlock(task.instruction) }]),
  }));
}
