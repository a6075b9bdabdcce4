using Reflexion;
using Reflexion.Environments;
using Reflexion.LanguageModels;
using Reflexion.Retroformer;
using Reflexion.Samples.HouseholdModel;
using Reflexion.Samples.Sentences;

namespace TrainHousehold;

/// <summary>A domain to fail in while refinements are learnt.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Train">Failures to learn from.</param>
/// <param name="HeldOut">Failures to judge a policy by.</param>
/// <param name="Say">A teacher, who says something after a failure without knowing what helps.</param>
internal sealed record Practice(string Name, AgentRolloutSource Train, AgentRolloutSource HeldOut, Func<RetrospectiveContext, Random, string> Say)
{
    private const long FirstWorld = 1L << 33;

    /// <summary>How often the teacher keeps to what has to do with the task's words.</summary>
    internal const double OnTopic = 0.3;

    internal static Practice Households(LanguageModel actor, RefinementWriter writer, string kinds, int worlds)
    {
        return new(
            "households",
            Rollouts(HouseholdSplit.Train, worlds),
            Rollouts(HouseholdSplit.Validation, worlds / 2),
            (state, random) => Teacher.AnythingTrue(PlayerPrompts.AttemptOf(state.Task, state.Trials[^1]), OnTopic, random));

        AgentRolloutSource Rollouts(HouseholdSplit split, int count) =>
            HouseholdPlayer.Rollouts(actor, writer, HouseholdKinds.Worlds(split, kinds, count, FirstWorld));
    }

    internal static Practice Sentences(LanguageModel model, int tasks)
    {
        var writer = RefinementWriter.Pretrained(model, SentenceHints.Reflect);
        return new("sentences", Rollouts(SentencePart.Train, tasks), Rollouts(SentencePart.Validation, tasks / 4), SentenceHints.Any);

        AgentRolloutSource Rollouts(SentencePart part, int count) => SentencePlayer.Rollouts(model, writer.Options, new SentenceDomain(part, count));
    }
}
