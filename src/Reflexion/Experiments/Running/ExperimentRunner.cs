namespace Reflexion;

/// <summary>One run of an experiment.</summary>
internal sealed class ExperimentRunner
{
    private readonly ExperimentPlan _plan;
    private readonly ExperimentRunOptions _run;
    private readonly ExperimentMemories _memories;
    private readonly ExperimentBudgets _budgets;
    private readonly ExperimentMonitor _monitor;
    private readonly ReflexionAgent[][] _agents;
    private readonly HashSet<ExperimentCell> _done = [];
    private readonly CancellationToken _cancelled;

    internal ExperimentRunner(ExperimentPlan plan, ExperimentRunOptions run, CancellationToken cancellationToken)
    {
        _plan = plan;
        _run = run;
        _cancelled = cancellationToken;
        _memories = new(plan);
        _budgets = new(plan.Options, plan.Arms.Length);
        _agents = [.. plan.Arms.Select(arm => plan.Seeds.Select(seed => plan.BuilderOf(arm, seed, _memories.Of(arm.Name, seed)).Build(plan.Services)).ToArray())];
        _monitor = new(plan, run.Progress, TakeOver());
    }

    internal async Task<ExperimentResult> RunAsync(IEnumerable<ExperimentArmInfo> arms)
    {
        ExperimentCell[][] lanes = ExperimentLanes.Of(_plan, [.. _agents.Select(seeds => seeds[0].Options.LessonBreadth)]);
        await Parallel.ForEachAsync(
            lanes, new ParallelOptions { MaxDegreeOfParallelism = _plan.Options.MaxConcurrency }, async (lane, _) => await RunLaneAsync(lane).ConfigureAwait(false)).ConfigureAwait(false);
        var result = new ExperimentResult(_plan.Name, arms, _plan.Tasks.Select(task => task.Info), _plan.Seeds, _monitor.Ended)
        {
            Configuration = _plan.Configuration,
            StartedAt = _monitor.StartTime,
            Duration = _monitor.Elapsed,
            Memories = [.. await ExportAsync().ConfigureAwait(false)],
        };
        return _cancelled.IsCancellationRequested ? throw new ExperimentCanceledException(result, _cancelled) : result;
    }

    private bool IsStopping => _cancelled.IsCancellationRequested || _run.StopToken.IsCancellationRequested;

    private async Task RunLaneAsync(ExperimentCell[] lane)
    {
        foreach (ExperimentCell cell in lane)
        {
            if (!IsStopping && !_done.Contains(cell))
            {
                _monitor.Started();
                _monitor.Done(await RunAsync(cell).ConfigureAwait(false));
            }
        }
    }

    private async Task<EpisodeRecord?> RunAsync(ExperimentCell cell)
    {
        (string arm, PlannedTask task, int seed) = (_plan.Arms[cell.Arm].Name, _plan.Tasks[cell.Task], _plan.Seeds[cell.Seed]);
        string id = ExperimentIds.Episode(_plan.Name, arm, task.Id, seed);
        ReflexionAgent agent = _agents[cell.Arm][cell.Seed];
        BudgetLedger ledger = _budgets.Open(cell.Arm);
        var options = task.Options with
        {
            EpisodeId = id,
            Seed = seed,
            Tenant = _memories.TenantOf(arm, seed, task.Options.Tenant),
            Budget = _plan.Options.EpisodeBudget ?? task.Options.Budget,
            SharedBudget = ledger,
            StopToken = _run.StopToken,
        };
        try
        {
            if (agent.Parts.Journal is { } journal && ReferenceEquals(agent.Memory, _memories.Of(arm, seed)))
            {
                await JournaledLessons.RestoreAsync(journal, id, agent.Memory, _cancelled).ConfigureAwait(false);
            }

            Episode episode = await agent.RunAsync(task.Task, options, _cancelled).ConfigureAwait(false);
            _budgets.ChargeRest(cell.Arm, episode.Usage, ledger);
            return EpisodeRecord.Of(arm, seed, episode, agent.Parts.HeldOutEvaluator is not null, _plan.Options.KeepEpisodes);
        }
        catch (OperationCanceledException) when (_cancelled.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception fault)
        {
            // What an agent throws in spite of its promise costs this episode and no other.
            return new(arm, task.Id, seed, ExperimentOutcome.Errored) { EpisodeId = id, Detail = $"{fault.GetType().Name}: {fault.Message}", Usage = ledger.Snapshot() };
        }
    }

    private EpisodeRecord[] TakeOver()
    {
        var taken = new List<EpisodeRecord>();
        foreach (EpisodeRecord episode in _run.Previous?.Episodes ?? [])
        {
            var cell = new ExperimentCell(
                Index(_plan.Arms, arm => arm.Name == episode.Arm), Index(_plan.Tasks, task => task.Id == episode.TaskId), _plan.Seeds.IndexOf(episode.Seed));
            bool isDone = episode.Outcome != ExperimentOutcome.Unfinished && !(_run.RetryErrored && episode.Outcome == ExperimentOutcome.Errored);
            if (isDone && cell is { Arm: >= 0, Task: >= 0, Seed: >= 0 } && _done.Add(cell))
            {
                taken.Add(episode);
                _budgets.ChargeRest(cell.Arm, episode.Usage);
            }
        }

        return [.. taken];
    }

    private async Task<List<ExperimentMemory>> ExportAsync()
    {
        var exported = new List<ExperimentMemory>();
        foreach (ArmDefinition arm in _plan.Options.KeepMemories ? _plan.Arms : [])
        {
            foreach (int seed in _plan.Seeds)
            {
                if (await ExportAsync(arm, seed).ConfigureAwait(false) is { } memory)
                {
                    exported.Add(memory);
                }
            }
        }

        return exported;
    }

    // Not cancelled: what was learnt is part of what was done. A store that cannot be read must not cost the episodes.
    private async Task<ExperimentMemory?> ExportAsync(ArmDefinition arm, int seed)
    {
        try
        {
            IEpisodicMemory memory = _agents[_plan.Arms.IndexOf(arm)][_plan.Seeds.IndexOf(seed)].Memory;
            MemorySnapshot all = await memory.ExportAsync(CancellationToken.None).ConfigureAwait(false);
            return new(arm.Name, seed, ExperimentLessons.Of(all, _memories.TenantOf(arm.Name, seed, "")));
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static int Index<T>(IEnumerable<T> items, Func<T, bool> matches) => items.Select((item, i) => matches(item) ? i + 1 : 0).FirstOrDefault(i => i > 0) - 1;
}
