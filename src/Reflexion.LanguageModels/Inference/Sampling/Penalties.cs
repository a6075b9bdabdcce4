namespace Reflexion.LanguageModels;

/// <summary>Counts tokens, and makes those that were there less likely (repetition: Keskar et al. 2019).</summary>
internal sealed class Penalties
{
    private readonly SamplingOptions _options;
    private readonly Dictionary<int, int> _inCompletion = [];
    private readonly HashSet<int> _seen;

    public Penalties(SamplingOptions options, IEnumerable<int> prompt)
    {
        _options = options;
        _seen = options.RepetitionPenalty == 1 ? [] : [.. prompt];
    }

    public void Note(int token)
    {
        _inCompletion[token] = _inCompletion.GetValueOrDefault(token) + 1;
        _seen.Add(token);
    }

    public void Apply(Span<float> logits)
    {
        if (_options.RepetitionPenalty != 1)
        {
            foreach (int token in _seen)
            {
                float logit = logits[token];
                logits[token] = (float)(logit > 0 ? logit / _options.RepetitionPenalty : logit * _options.RepetitionPenalty);
            }
        }

        foreach ((int token, int count) in _inCompletion)
        {
            logits[token] -= (float)((count * _options.FrequencyPenalty) + _options.PresencePenalty);
        }
    }
}
