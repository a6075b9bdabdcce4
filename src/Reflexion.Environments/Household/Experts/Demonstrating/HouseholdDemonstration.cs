using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Reflexion.Environments;

/// <summary>A game as an expert played it: an example in a prompt, or something to learn from.</summary>
public sealed record HouseholdDemonstration
{
    /// <summary>The id of the world it was played in.</summary>
    public required string WorldId { get; init; }

    /// <summary>The task's kind.</summary>
    public required HouseholdTaskKind Kind { get; init; }

    /// <summary>Who played.</summary>
    public required HouseholdExpert Expert { get; init; }

    /// <summary>The expert's seed.</summary>
    public required long Seed { get; init; }

    /// <summary>What was seen at first: the room and the task.</summary>
    public required string InitialObservation { get; init; }

    /// <summary>The steps in their order; the last one won the game where <see cref="IsWon"/>.</summary>
    public ImmutableArray<HouseholdDemonstrationStep> Steps { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Whether the game was won.</summary>
    public required bool IsWon { get; init; }

    /// <summary>How many lines an agent in the papers' form would write: the actions, and the thoughts where something new begins.</summary>
    internal int Turns => Steps.Length + Steps.Count(step => step.OpensStage);

    /// <summary>Writes the demonstration as text, with line feeds between lines and none at the end.</summary>
    /// <param name="style">How.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is no style.</exception>
    public string Render(HouseholdDemonstrationStyle style = HouseholdDemonstrationStyle.Papers) => style switch
    {
        HouseholdDemonstrationStyle.Papers => RenderAsPapers(),
        HouseholdDemonstrationStyle.ThoughtAction => RenderAsThoughtAction(),
        _ => throw new ArgumentOutOfRangeException(nameof(style), style, "This is no style of demonstrations."),
    };

    private string RenderAsPapers()
    {
        var text = new StringBuilder(InitialObservation);
        foreach (HouseholdDemonstrationStep step in Steps)
        {
            if (step.OpensStage)
            {
                text.Append("\n> think: ").Append(step.Thought).Append("\nOK.");
            }

            text.Append("\n> ").Append(step.Action).Append('\n').Append(step.Observation);
        }

        return text.ToString();
    }

    private string RenderAsThoughtAction()
    {
        var text = new StringBuilder("Observation 0: ").Append(InitialObservation);
        for (int index = 0; index < Steps.Length; index++)
        {
            (string thought, string action, string observation) = Steps[index];
            text.Append(CultureInfo.InvariantCulture, $"\nThought: {thought}\nAction: {action}\nObservation {index + 1}: {observation}");
        }

        return text.ToString();
    }
}
