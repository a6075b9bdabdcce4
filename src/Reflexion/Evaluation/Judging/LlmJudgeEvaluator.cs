using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Lets a model judge by a rubric, once or by a vote of several independent calls.</summary>
/// <remarks>
/// <para>
/// What is judged is fenced and stays out of the system role, which says that nothing in it is to be followed. A reply that is
/// not clean JSON is repaired; one that cannot be is asked for once more; after that the vote abstains. A majority of the votes
/// given decides on success, so a tie is no success.
/// </para>
/// <para>
/// References may be shown to the judge (<see cref="JudgeOptions.ShowReference"/>); sentences of the feedback and quotations that
/// repeat one are withheld. Holds configuration only; safe to share.
/// </para>
/// </remarks>
public sealed class LlmJudgeEvaluator : ITrajectoryEvaluator
{
    private readonly IChatClient _client;
    private readonly JudgeOptions _options;
    private readonly JudgePrompt _prompt;
    private readonly JudgeVerdictReader _reader;

    /// <summary>Creates a judge.</summary>
    /// <param name="client">The model that judges; better not the one that acts. Not disposed with the judge.</param>
    /// <param name="options">The rubric and how to judge by it; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public LlmJudgeEvaluator(IChatClient client, JudgeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _options = (options ?? new()).Validate();
        _prompt = new(_options);
        _reader = new(_options);
    }

    /// <inheritdoc/>
    /// <exception cref="JudgeVerdictException">No vote could be read as a verdict.</exception>
    public async ValueTask<TrajectoryEvaluation> EvaluateAsync(EvaluationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        JudgeVote[] votes = await Task.WhenAll(
            Enumerable.Range(1, _options.Votes).Select(number => VoteAsync(context, number, cancellationToken))).ConfigureAwait(false);
        return JudgeCount.Of(votes, _options.Aggregation, ReferenceLeak.Telling(context.References, context.Task));
    }

    private async Task<JudgeVote> VoteAsync(EvaluationContext context, int number, CancellationToken cancellationToken)
    {
        IChatClient model = context.Run.Meter(_client, _options.Component);
        List<ChatMessage> messages = _prompt.Write(context, number);
        ChatResponse response = await model.GetResponseAsync(messages, OptionsFor(number), cancellationToken).ConfigureAwait(false);
        (JudgeVerdict? verdict, string error) = _reader.Read(response.Text);
        if (verdict is null)
        {
            response = await model.GetResponseAsync(_prompt.AskAgain(messages, response.Text, error), OptionsFor(number), cancellationToken).ConfigureAwait(false);
            (verdict, error) = _reader.Read(response.Text);
        }

        return new(number, verdict, error);
    }

    private ChatOptions OptionsFor(int vote)
    {
        ChatOptions options = _options.ChatOptions?.Clone() ?? new();
        options.ResponseFormat = JudgePrompt.ResponseFormat(_options.Format) ?? options.ResponseFormat;
        options.Seed += vote - 1;
        return options;
    }
}
