namespace Reflexion.Testing;

/// <summary>What a client with a cassette does with a call.</summary>
/// <remarks><example><code>using IChatClient client = model.WithCassette("cassettes/answer.jsonl", CassetteMode.Replay);</code></example></remarks>
public enum CassetteMode
{
    /// <summary>Answers from the cassette; a call it does not hold is a <see cref="CassetteMismatchException"/>. The model is never called.</summary>
    Replay,

    /// <summary>Calls the model and adds the call to the cassette's end. Delete the file to start anew.</summary>
    Record,

    /// <summary>Answers from the cassette where it holds the call; otherwise calls the model and adds the call.</summary>
    Auto,
}
