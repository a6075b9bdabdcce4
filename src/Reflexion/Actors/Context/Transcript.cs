using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>The conversation of one trial: the prompt, then turns. Knows its size and keeps it within a <see cref="ContextWindow"/>.</summary>
/// <remarks>Not thread-safe; belongs to one trial. What was added stays the same to the byte until room is needed.</remarks>
internal sealed class Transcript
{
    private readonly ContextWindow _window;
    private readonly List<ChatMessage> _messages;
    private readonly List<TranscriptObservation> _observations = [];
    private int _fixed;
    private int _observed;

    /// <summary>Starts with a prompt, which is never shortened.</summary>
    /// <param name="prompt">The prompt's messages.</param>
    /// <param name="window">The limits.</param>
    /// <param name="reservedTokens">Tokens that are sent beside the messages, such as the definitions of tools.</param>
    internal Transcript(IList<ChatMessage> prompt, ContextWindow window, int reservedTokens = 0)
    {
        _window = window;
        _messages = new List<ChatMessage>(prompt.Count + 16);
        _fixed = reservedTokens;
        foreach (ChatMessage message in prompt)
        {
            Add(message);
        }
    }

    /// <summary>What to send; call <see cref="TryFit"/> first.</summary>
    internal IList<ChatMessage> Messages => _messages;

    /// <summary>The tokens of all messages, and those reserved.</summary>
    internal int Tokens => _fixed + _observed;

    /// <summary>Says why <see cref="TryFit"/> failed.</summary>
    internal string Overflow =>
        $"The next call needs {Tokens} input tokens with every observation at its shortest, and the context window holds {_window.MaxInputTokens}; raise {nameof(ContextWindow)}.{nameof(ContextWindow.MaxInputTokens)} or shorten the prompt.";

    /// <summary>Appends a message that is never shortened.</summary>
    internal void Add(ChatMessage message)
    {
        _messages.Add(message);
        _fixed += Count(message);
    }

    /// <summary>Appends an observation, which may be shortened later.</summary>
    internal void Add(TranscriptObservation observation)
    {
        ChatMessage message = observation.ToMessage(observation.Text);
        observation.Index = _messages.Count;
        observation.Tokens = Count(message);
        _messages.Add(message);
        _observations.Add(observation);
        _observed += observation.Tokens;
    }

    /// <summary>Shortens observations if the next call would be too long.</summary>
    /// <returns>Whether the call may be made.</returns>
    internal bool TryFit()
    {
        if (Tokens > _window.MaxInputTokens && _fixed < _window.MaxInputTokens)
        {
            Shorten(target: _window.MaxInputTokens - (_window.MaxInputTokens - _fixed) / 4);
        }

        return Tokens <= _window.MaxInputTokens;
    }

    private void Shorten(int target)
    {
        var largest = new PriorityQueue<TranscriptObservation, (int, int)>();
        foreach (TranscriptObservation observation in _observations)
        {
            Enqueue(largest, observation);
        }

        while (Tokens > target && largest.TryDequeue(out TranscriptObservation? observation, out _))
        {
            Show(observation, Math.Max(observation.Shown / 2, _window.MinObservationCharacters));
            Enqueue(largest, observation);
        }
    }

    private void Enqueue(PriorityQueue<TranscriptObservation, (int, int)> queue, TranscriptObservation observation)
    {
        if (observation.Shown > _window.MinObservationCharacters)
        {
            queue.Enqueue(observation, (-observation.Tokens, observation.Index));
        }
    }

    private void Show(TranscriptObservation observation, int characters)
    {
        ChatMessage message = observation.ToMessage(Excerpt.Of(observation.Text, characters));
        int tokens = Count(message);
        _observed += tokens - observation.Tokens;
        _messages[observation.Index] = message;
        observation.Tokens = tokens;
        observation.Shown = characters;
    }

    private int Count(ChatMessage message) => TokenEstimate.Of(message, _window.CountTokens);
}
