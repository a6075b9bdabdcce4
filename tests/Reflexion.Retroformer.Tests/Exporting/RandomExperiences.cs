using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Reflexion.Retroformer;

namespace Reflexion.Tests;

/// <summary>Any experience there can be.</summary>
internal static class RandomExperiences
{
    public static Arbitrary<Experience[]> Arbitrary() => Experience().ArrayOf().ToArbitrary();

    public static Gen<string> Text() => Gen.Elements(
        "", "look in the sink", "first\nsecond\r\n\tthird", "\"quoted\" \\ <guidance> & 'more'", "Brötchen für 2,50 €", "日本語 🙂", "\u0000\u2028\uFEFF", "{\"messages\":[]}");

    private static Gen<Experience> Experience() =>
        from ids in Gen.Choose(0, int.MaxValue - 1).Two().Select(pair => (pair.Item1, pair.Item2))
        from text in Text().Four().Select(texts => (texts.Item1, texts.Item2, texts.Item3, texts.Item4))
        from trial in Gen.Choose(2, 9)
        from prompt in Gen.Choose(0, 200_000).ArrayOf()
        from sampled in Gen.Choose(0, 200_000).Zip(LogProb()).ArrayOf()
        from returns in Return().Two().Select(pair => (pair.Item1, pair.Item2))
        from nulls in Return().ArrayOf()
        from known in Gen.Choose(0, 3)
        select new Experience
        {
            EpisodeId = $"e{ids.Item1}",
            TaskId = $"t {text.Item1}",
            Trial = trial,
            Instructions = (known & 1) == 0 ? null : text.Item2,
            Prompt = text.Item3,
            Refinement = text.Item4,
            PromptIds = [.. prompt],
            RefinementIds = [.. sampled.Select(token => token.Item1)],
            LogProbs = [.. sampled.Select(token => token.Item2)],
            PolicyHash = (known & 2) == 0 ? null : $"{ids.Item2:x}",
            ReturnBefore = returns.Item1,
            ReturnAfter = returns.Item2,
            NullReturns = [.. nulls],
        };

    // Any bit pattern of a finite number, so that the last digit counts.
    private static Gen<float> LogProb() => Gen.Choose(int.MinValue, int.MaxValue).Select(bits => -Math.Abs(BitConverter.Int32BitsToSingle(bits))).Where(float.IsFinite);

    private static Gen<double> Return() => Gen.Frequency(
        (1, Gen.Elements(0.0, 1.0, double.Epsilon, 1 - double.Epsilon)),
        (3, Gen.Choose(0, int.MaxValue).Select(share => share / (double)int.MaxValue)));
}
