namespace Reflexion;

/// <summary>Names and checks the parts of a composite.</summary>
internal static class CompositeParts
{
    internal static IEnumerable<EvaluatorPart> Name(ITrajectoryEvaluator[] evaluators)
    {
        ArgumentNullException.ThrowIfNull(evaluators);
        var seen = new Dictionary<string, int>();
        foreach (ITrajectoryEvaluator evaluator in evaluators)
        {
            ArgumentNullException.ThrowIfNull(evaluator, nameof(evaluators));
            string name = evaluator.GetType().Name;
            int count = seen[name] = seen.GetValueOrDefault(name) + 1;
            yield return new(count == 1 ? name : $"{name} {count}", evaluator);
        }
    }

    internal static EvaluatorPart[] Check(IEnumerable<EvaluatorPart> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        EvaluatorPart[] all = [.. parts];
        string? fault = all.Length == 0 ? "A composite needs at least one evaluator."
            : all.Any(part => part?.Evaluator is null) ? "An evaluator of the composite is null."
            : all.Any(part => string.IsNullOrWhiteSpace(part.Name)) ? "An evaluator of the composite has no name."
            : all.GroupBy(part => part.Name).FirstOrDefault(group => group.Count() > 1) is { } twice ? $"Two evaluators of the composite are named '{twice.Key}'; their feedback could not be told apart."
            : null;
        return fault is null ? all : throw new ArgumentException(fault, nameof(parts));
    }

    internal static void CheckWeights(EvaluatorPart[] parts)
    {
        if (parts.FirstOrDefault(part => part.Weight is not (>= 0 and < double.PositiveInfinity)) is { } wrong)
        {
            throw new ArgumentException($"The weight of '{wrong.Name}' is {wrong.Weight}; a weight is a finite number of at least 0.", nameof(parts));
        }

        double sum = parts.Sum(part => part.Weight);
        if (sum == 0 || double.IsInfinity(sum))
        {
            throw new ArgumentException($"The weights add up to {sum}; they must add up to a finite number above 0.", nameof(parts));
        }
    }
}
