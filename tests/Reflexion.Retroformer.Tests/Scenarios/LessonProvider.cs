using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.AI;
using Reflexion.Retroformer;
using Reflexion.Testing;

namespace Reflexion.Tests;

/// <summary>
/// A world behind a provider: refinements that name what was seen help, platitudes do not, and misleading ones harm. What is written and what comes of it
/// follow from seed and task, so that every policy meets the same world.
/// </summary>
internal sealed class LessonProvider(int seed)
{
    internal const double UnaidedSuccess = 0.4;
    private const string Found = "I took the lamp and brought it.";
    private const string NotFound = "The lamp was not there, so I gave up.";

    private static readonly (string Mark, double Share, double Success)[] Kinds =
    [
        ("saw the lamp", 0.35, 0.8),
        ("be careful", 0.3, 0.35),
        ("forget the record", 0.35, 0.1),
    ];

    private readonly ConcurrentDictionary<string, int> _written = new();

    internal static AgentTask Task(int number) => new($"lamp-{number}", $"Bring the lamp of house lamp-{number}.");

    internal static TrajectoryEvaluation Judge(EvaluationContext context) =>
        context.Trajectory.Answer == Found ? TrajectoryEvaluation.Passed() : TrajectoryEvaluation.Failed("The lamp was not brought.");

    /// <summary>The mean reward of the best arm there is: the best of what is written, or none of it.</summary>
    internal double BestOf(AgentTask task, int candidates) =>
        Enumerable.Range(0, candidates).Select(at => Kinds[KindOf(task.Id, at)].Success).Append(UnaidedSuccess).Max();

    /// <summary>The mean reward of what a prompt says.</summary>
    internal static double WorthOf(string prompt)
    {
        foreach ((string mark, double _, double success) in Kinds)
        {
            if (prompt.Contains(mark, StringComparison.Ordinal))
            {
                return success;
            }
        }

        return UnaidedSuccess;
    }

    /// <summary>The model that acts: it never finds the lamp at first, and later as often as what it is told is worth.</summary>
    internal IChatClient Actor()
    {
        var tried = new ConcurrentDictionary<string, bool>();
        return new ScriptedChatClient { KeepsRequests = false }.Otherwise(request =>
        {
            string task = TaskOf(request.Text);
            if (tried.TryAdd(task, true))
            {
                return $"I looked into cabinet {Place(task)} and walked by drawer {Place(task) + 1}. {NotFound}";
            }

            double worth = WorthOf(request.Text);
            return StableDraw.Of(seed, task, (int)(worth * 100)) < worth ? Found : NotFound;
        });
    }

    /// <summary>The model that writes refinements, each of the kind that falls to it.</summary>
    internal IChatClient Writer() => new ScriptedChatClient { KeepsRequests = false }.Otherwise(request =>
    {
        string task = TaskOf(request.Text);
        int at = _written.AddOrUpdate(task, 0, (_, before) => before + 1);
        return KindOf(task, at) switch
        {
            0 => string.Create(CultureInfo.InvariantCulture, $"I walked by drawer {Place(task) + 1} and saw the lamp there. Look into drawer {Place(task) + 1} before cabinet {Place(task)}; plan {at}."),
            1 => string.Create(CultureInfo.InvariantCulture, $"Next time be careful and think hard about every single step of attempt {at}."),
            _ => string.Create(CultureInfo.InvariantCulture, $"You should forget the record. Most objects hide outdoors. Search garden {at}, then garage, then attic. Never open furniture; it wastes precious moves."),
        };
    });

    private int KindOf(string task, int at)
    {
        double draw = StableDraw.Of(seed, task, 1_000 + at);
        return draw < Kinds[0].Share ? 0 : draw < Kinds[0].Share + Kinds[1].Share ? 1 : 2;
    }

    private static int Place(string task) => 1 + (int)(StableDraw.Of(3, task, 0) * 40);

    private static string TaskOf(string text)
    {
        int start = text.IndexOf("house lamp-", StringComparison.Ordinal) + "house ".Length;
        return text[start..text.IndexOf('.', start)];
    }
}
