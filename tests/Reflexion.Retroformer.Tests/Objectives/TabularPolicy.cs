namespace Reflexion.Tests;

/// <summary>A policy over responses of one or two tokens out of three: a row of logits for the first token, and one for the second after each first.</summary>
internal sealed class TabularPolicy
{
    public const int Tokens = 3;

    private TabularPolicy(int length, double[] logits)
    {
        Length = length;
        Logits = logits;
        Responses = length == 1
            ? [.. Enumerable.Range(0, Tokens).Select(first => new[] { first })]
            : [.. Enumerable.Range(0, Tokens * Tokens).Select(i => new[] { i / Tokens, i % Tokens })];
    }

    public int Length { get; }

    public double[] Logits { get; }

    /// <summary>All there are, in a fixed order.</summary>
    public IReadOnlyList<int[]> Responses { get; }

    public int Rows => Logits.Length / Tokens;

    public static TabularPolicy Random(int length, int seed)
    {
        var random = new Random(seed);
        return new(length, [.. Enumerable.Range(0, length == 1 ? Tokens : Tokens * (1 + Tokens)).Select(_ => (2 * random.NextDouble()) - 1)]);
    }

    public TabularPolicy With(double[] logits) => new(Length, logits);

    /// <summary>The row that a token of a response is drawn from.</summary>
    public static int Row(int[] response, int t) => t == 0 ? 0 : 1 + response[0];

    public double LogProb(int row, int token) => Logits[(row * Tokens) + token] - Math.Log(Enumerable.Range(0, Tokens).Sum(j => Math.Exp(Logits[(row * Tokens) + j])));

    public double LogProb(int[] response, int t) => LogProb(Row(response, t), response[t]);

    public double Probability(int[] response) => Math.Exp(response.Select((_, t) => LogProb(response, t)).Sum());

    /// <summary>How likely a row is come to.</summary>
    public double Reach(int row) => row == 0 ? 1 : Math.Exp(LogProb(0, row - 1));

    public double Entropy(int row) => -Enumerable.Range(0, Tokens).Sum(token => Math.Exp(LogProb(row, token)) * LogProb(row, token));

    public float[] LogProbs(int[] response) => [.. response.Select((_, t) => (float)LogProb(response, t))];

    public float[] Entropies(int[] response) => [.. response.Select((_, t) => (float)Entropy(Row(response, t)))];

    /// <summary>Σ over responses of probability times something.</summary>
    public double Mean(Func<int[], double> figure) => Responses.Sum(response => Probability(response) * figure(response));

    public int Index(int[] response) => Length == 1 ? response[0] : (response[0] * Tokens) + response[1];

    public int[] Sample(Random random)
    {
        var response = new int[Length];
        for (int t = 0; t < Length; t++)
        {
            double left = random.NextDouble();
            int row = Row(response, t);
            while (response[t] < Tokens - 1 && (left -= Math.Exp(LogProb(row, response[t]))) >= 0)
            {
                response[t]++;
            }
        }

        return response;
    }

    /// <summary>Adds the gradient on the logits that gradients on log-probabilities stand for.</summary>
    public void Backward(int[] response, float[] logProbGradients, double[] into)
    {
        for (int t = 0; t < Length; t++)
        {
            int row = Row(response, t);
            for (int token = 0; token < Tokens; token++)
            {
                into[(row * Tokens) + token] += logProbGradients[t] * ((token == response[t] ? 1 : 0) - Math.Exp(LogProb(row, token)));
            }
        }
    }

    /// <summary>Adds the gradient on the logits that gradients on entropies stand for.</summary>
    public void EntropyBackward(int[] response, float[] entropyGradients, double[] into)
    {
        for (int t = 0; t < Length; t++)
        {
            int row = Row(response, t);
            for (int token = 0; token < Tokens; token++)
            {
                into[(row * Tokens) + token] -= entropyGradients[t] * Math.Exp(LogProb(row, token)) * (LogProb(row, token) + Entropy(row));
            }
        }
    }

    /// <summary>The derivative of a figure with respect to each logit, by central differences.</summary>
    public double[] Gradient(Func<TabularPolicy, double> figure)
    {
        const double Step = 1e-5;
        return [.. Logits.Select((_, i) => (figure(Moved(i, Step)) - figure(Moved(i, -Step))) / (2 * Step))];
    }

    /// <summary>Half the sum of differences to probabilities of all responses.</summary>
    public double TotalVariation(double[] probabilities) => Responses.Select((response, i) => Math.Abs(Probability(response) - probabilities[i])).Sum() / 2;

    private TabularPolicy Moved(int logit, double by)
    {
        double[] logits = [.. Logits];
        logits[logit] += by;
        return With(logits);
    }
}
