namespace Reflexion.Retroformer;

/// <summary>Which samples each step of a training takes: every epoch all of them once, in an order of its own. Any step can be had alone, so that training can be taken up.</summary>
internal sealed class SampleSteps(int samples, int samplesPerStep, int epochs, SeedTree seeds)
{
    private readonly int _stepsPerEpoch = (samples + samplesPerStep - 1) / samplesPerStep;
    private int[] _order = [];
    private long _epoch = -1;

    public long Count => (long)_stepsPerEpoch * epochs;

    public int[] At(long step)
    {
        long epoch = step / _stepsPerEpoch;
        if (epoch != _epoch)
        {
            _order = [.. Enumerable.Range(0, samples)];
            seeds.At(epoch).Random().Shuffle(_order);
            _epoch = epoch;
        }

        int first = (int)(step % _stepsPerEpoch) * samplesPerStep;
        return _order[first..Math.Min(first + samplesPerStep, samples)];
    }
}
