using Reflexion;
using Reflexion.Samples;

namespace Experiments;

/// <summary>What the command line says.</summary>
/// <param name="Domain">Model, tasks, trials and seed.</param>
/// <param name="Folder">Where the journal and the results are, as a full path.</param>
/// <param name="Resumes">Whether a run that was stopped is gone on with.</param>
/// <param name="Seeds">How many seeds each task is run with.</param>
internal sealed record ExperimentArguments(DomainArguments Domain, string Folder, bool Resumes, int Seeds)
{
    private const int DefaultTasks = 24;

    internal static string HelpText => $"""
        Strategies are compared on household tasks that are generated from the seed: plain retrying, showing the last attempt,
        and reflecting. The scripted model is a player by rules that searches, slips now and then, and goes by what it is told
        of earlier trials, with ten actions a trial; no language model is behind it.

        {DomainArguments.HelpText}

        Experiment (--strategy compares one strategy alone with retrying; --tasks default {DefaultTasks}, --trials 4):
          --seeds N         how often each task is run by each strategy; default 3
          --out FOLDER      where the journal and the report go; default a folder for temporary files
          --resume FOLDER   go on with the run in that folder, which Ctrl-C or a crash ended; with the
                            same options as before, what is in its journal is not done again

        {ProviderArguments.HelpText}
        """;

    /// <summary>The most trials of an episode.</summary>
    internal int Trials => Domain.Trials ?? 4;

    /// <summary>How many tasks there are, at most.</summary>
    internal int Tasks => Domain.Tasks ?? DefaultTasks;

    /// <summary>The folder of the journal.</summary>
    internal string Journal => Path.Combine(Folder, "journal");

    /// <summary>What is compared, retrying first.</summary>
    internal ReflexionStrategy[] Strategies =>
        [ReflexionStrategy.Retry, .. (Domain.Strategy is { } one ? new[] { one } : [ReflexionStrategy.LastAttempt, ReflexionStrategy.Reflexion]).Where(strategy => strategy != ReflexionStrategy.Retry)];

    /// <summary>Reads a command line.</summary>
    /// <exception cref="UsageException">It is wrong.</exception>
    internal static ExperimentArguments Parse(string[] args)
    {
        var domain = DomainArguments.Parse(args, "--seeds", "--out", "--resume");
        string? resume = domain.Own.GetValueOrDefault("--resume");
        if (resume is not null && domain.Own.ContainsKey("--out"))
        {
            throw new UsageException("--resume names the folder to go on in; leave --out away.");
        }

        string folder = Path.GetFullPath(resume ?? domain.Own.GetValueOrDefault("--out") ?? Path.Combine(Path.GetTempPath(), "reflexion-experiment"));
        return new(domain, folder, resume is not null, domain.Number("--seeds", 1) ?? 3);
    }

    /// <summary>The command that goes on with this run.</summary>
    internal string ToResume(string[] args)
    {
        IEnumerable<string> kept = args.Select((arg, i) => (arg, before: i == 0 ? "" : args[i - 1]))
            .Where(item => item.arg.Split('=')[0] is not ("--out" or "--resume") && item.before is not ("--out" or "--resume"))
            .Select(item => item.arg);
        return string.Join(' ', ["dotnet run --project samples/Experiment --", .. kept, $"--resume \"{Folder}\""]);
    }
}
