using Reflexion;
using Reflexion.Environments;

namespace Experiments;

/// <summary>
/// How many games of each task were begun in earlier runs, so that the scripted player takes up its count and a run that was stopped
/// comes to what it would have come to. A real model keeps no count and needs none of this.
/// </summary>
internal sealed class GamesBegun
{
    private readonly Dictionary<string, long> _byEpisode = [];
    private readonly List<(string TaskId, string Room)> _rooms = [];

    internal static async Task<GamesBegun> ReadAsync(IEpisodeJournal journal, HouseholdDomain domain, HouseholdOptions options, CancellationToken stop)
    {
        var games = new GamesBegun();
        await foreach (JournaledEpisode episode in journal.ListAsync(cancellationToken: stop))
        {
            var trials = new HashSet<int>();
            await foreach (JournalEntry entry in journal.ReadAsync(episode.EpisodeId, stop))
            {
                // Once the player has replied, the game counts; before that it is begun anew.
                _ = entry.Kind == JournalEntryKind.ModelCalled && trials.Add(entry.Trial);
            }

            games._byEpisode[episode.EpisodeId] = trials.Count;
        }

        foreach (DomainTask task in domain.Tasks)
        {
            await using var environment = new HouseholdEnvironment(domain.WorldOf(task.Task), options);
            games._rooms.Add((task.Task.Id, (await environment.ResetAsync(task.Task, stop)).Text));
        }

        return games;
    }

    /// <summary>The games that an arm began with a seed, by the room's first description.</summary>
    internal Dictionary<string, long> Of(Experiment experiment, string arm, int seed) => _rooms
        .GroupBy(task => task.Room, task => _byEpisode.GetValueOrDefault(experiment.EpisodeIdOf(arm, task.TaskId, seed)))
        .ToDictionary(games => games.Key, games => games.Sum());
}
