namespace Reflexion.Tests;

/// <summary>Central differences of a loss that is computed in double precision from numbers that single precision holds exactly.</summary>
internal static class Differences
{
    private const float Step = 1f / 1024;

    public delegate double Loss(float[] numbers, float[] gradients);

    /// <summary>Numbers on a grid, where adding a step is exact and no kink of a clipped loss is near.</summary>
    public static float[] Grid(Random random, int count, int low, int high) => [.. Enumerable.Range(0, count).Select(_ => random.Next(low, high) / 8f)];

    public static void ShouldAgree(float[] numbers, Loss loss)
    {
        float[] gradients = new float[numbers.Length];
        loss(numbers, gradients);
        for (int i = 0; i < numbers.Length; i++)
        {
            double numeric = (Moved(numbers, i, Step, loss) - Moved(numbers, i, -Step, loss)) / (2 * Step);
            ((double)gradients[i]).Should().BeApproximately(numeric, 1e-5 * (1 + Math.Abs(numeric)));
        }
    }

    private static double Moved(float[] numbers, int which, float by, Loss loss)
    {
        float[] moved = [.. numbers];
        moved[which] += by;
        return loss(moved, new float[numbers.Length]);
    }
}
