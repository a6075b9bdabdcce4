namespace Reflexion;

/// <summary>How well an evaluator's success verdicts agree with labels: the confusion matrix and what follows from it.</summary>
/// <remarks>"Positive" means "solved". A measure that is not defined for the counts (0/0) is null.</remarks>
public sealed record JudgeCalibration
{
    private const double Z95 = 1.959963984540054;

    private JudgeCalibration(int truePositives, int falsePositives, int falseNegatives, int trueNegatives)
    {
        TruePositives = truePositives;
        FalsePositives = falsePositives;
        FalseNegatives = falseNegatives;
        TrueNegatives = trueNegatives;
    }

    /// <summary>Solved, and judged so.</summary>
    public int TruePositives { get; }

    /// <summary>Not solved, and judged solved: what makes an agent stop too early.</summary>
    public int FalsePositives { get; }

    /// <summary>Solved, and judged not solved.</summary>
    public int FalseNegatives { get; }

    /// <summary>Not solved, and judged so.</summary>
    public int TrueNegatives { get; }

    /// <summary>Examples on which the evaluator gave no verdict (<see cref="JudgeVerdictException"/>); they count in nothing else.</summary>
    public int Abstained { get; init; }

    /// <summary>Examples with a verdict.</summary>
    public int Count => TruePositives + FalsePositives + FalseNegatives + TrueNegatives;

    /// <summary>p_o, the share of examples on which verdict and label agree, in [0,1].</summary>
    public double Agreement => (double)(TruePositives + TrueNegatives) / Count;

    /// <summary>p_e, the agreement to be expected by chance from the marginal shares, in [0,1].</summary>
    public double ChanceAgreement => JudgedPositive * LabelledPositive + (1 - JudgedPositive) * (1 - LabelledPositive);

    /// <summary>
    /// Cohen's κ = (p_o − p_e) / (1 − p_e) (Cohen 1960), in [−1,1]: 0 is chance, 1 is full agreement. Null where all verdicts and
    /// all labels are the same one value, so that chance agrees fully.
    /// </summary>
    public double? Kappa => IsConstant ? null : (Agreement - ChanceAgreement) / (1 - ChanceAgreement);

    /// <summary>The large-sample standard error of κ (Fleiss, Cohen and Everitt 1969, equation 13); null where κ is.</summary>
    public double? KappaStandardError => Kappa is { } kappa ? Math.Sqrt(Math.Max(0, KappaVariance(kappa))) : null;

    /// <summary>The 95 % interval of κ: κ ± 1.96 standard errors, within [−1,1]; null where κ is.</summary>
    public (double Low, double High)? KappaInterval => Kappa is { } kappa && KappaStandardError is { } error
        ? (Math.Max(-1, kappa - Z95 * error), Math.Min(1, kappa + Z95 * error))
        : null;

    /// <summary>Of what was judged solved, the share that is; null where nothing was judged solved.</summary>
    public double? Precision => Share(TruePositives, FalsePositives);

    /// <summary>Of what is solved, the share that was judged so; null where nothing is solved.</summary>
    public double? Recall => Share(TruePositives, FalseNegatives);

    /// <summary>Of what is not solved, the share that was judged solved; null where everything is solved.</summary>
    public double? FalsePositiveRate => Share(FalsePositives, TrueNegatives);

    private double JudgedPositive => (double)(TruePositives + FalsePositives) / Count;

    private double LabelledPositive => (double)(TruePositives + FalseNegatives) / Count;

    private bool IsConstant => TruePositives == Count || TrueNegatives == Count;

    /// <summary>Compares verdicts with labels.</summary>
    /// <param name="pairs">Verdict and label of each example; at least one.</param>
    /// <exception cref="ArgumentException">There are no pairs.</exception>
    public static JudgeCalibration FromPairs(IEnumerable<(bool Judged, bool Labelled)> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        Dictionary<(bool, bool), int> counts = pairs.CountBy(pair => pair).ToDictionary();
        return counts.Count == 0
            ? throw new ArgumentException("A calibration needs at least one example with a verdict.", nameof(pairs))
            : new(Of(true, true), Of(true, false), Of(false, true), Of(false, false));

        int Of(bool judged, bool labelled) => counts.GetValueOrDefault((judged, labelled));
    }

    /// <summary>Runs an evaluator over labelled examples and compares its verdicts with the labels.</summary>
    /// <param name="evaluator">The evaluator to measure.</param>
    /// <param name="examples">The examples; some hundred give a usable interval.</param>
    /// <param name="run">The run whose budget covers the calls; null for one with the default limits, which cover 200 model calls.</param>
    /// <param name="maxConcurrency">How many examples are judged at once; at least 1. Default 4.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">There are no examples, or the evaluator gave no verdict on any.</exception>
    public static async Task<JudgeCalibration> CalibrateAsync(
        ITrajectoryEvaluator evaluator,
        IEnumerable<LabelledTrajectory> examples,
        EpisodeRun? run = null,
        int maxConcurrency = 4,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(evaluator);
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConcurrency, 1);
        run ??= new("calibration");
        LabelledTrajectory[] all = [.. examples];
        var verdicts = new bool?[all.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = maxConcurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, all.Length, parallel, async (i, token) => verdicts[i] = await JudgeAsync(evaluator, all[i], run, token).ConfigureAwait(false))
            .ConfigureAwait(false);
        return FromPairs(verdicts.Zip(all).Where(pair => pair.First is not null).Select(pair => (pair.First!.Value, pair.Second.Solved))) with
        {
            Abstained = verdicts.Count(verdict => verdict is null),
        };
    }

    private static async ValueTask<bool?> JudgeAsync(ITrajectoryEvaluator evaluator, LabelledTrajectory example, EpisodeRun run, CancellationToken cancellationToken)
    {
        var context = new EvaluationContext { Task = example.Task, Trajectory = example.Trajectory, References = example.References, Run = run };
        try
        {
            return (await evaluator.EvaluateAsync(context, cancellationToken).ConfigureAwait(false)).Success;
        }
        catch (JudgeVerdictException)
        {
            return null;
        }
    }

    private static double? Share(int part, int rest) => part + rest == 0 ? null : (double)part / (part + rest);

    private double KappaVariance(double kappa)
    {
        double n = Count;
        double[,] p = { { TruePositives / n, FalsePositives / n }, { FalseNegatives / n, TrueNegatives / n } };
        double[] judged = [JudgedPositive, 1 - JudgedPositive];
        double[] labelled = [LabelledPositive, 1 - LabelledPositive];
        double sum = 0;
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < 2; j++)
            {
                double term = i == j ? 1 - (judged[i] + labelled[i]) * (1 - kappa) : (1 - kappa) * (labelled[i] + judged[j]);
                sum += p[i, j] * term * term;
            }
        }

        double chance = kappa - ChanceAgreement * (1 - kappa);
        return (sum - chance * chance) / (n * (1 - ChanceAgreement) * (1 - ChanceAgreement));
    }
}
