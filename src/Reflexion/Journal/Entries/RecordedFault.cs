namespace Reflexion;

/// <summary>An exception, as a journal keeps it.</summary>
/// <param name="Type">The name of its type, for a reader; it is never looked up.</param>
/// <param name="Message">Its message.</param>
internal sealed record RecordedFault(string Type, string Message)
{
    public static RecordedFault Of(Exception exception) =>
        exception is RecordedException recorded ? new(recorded.TypeName, recorded.Message) : new(exception.GetType().FullName ?? exception.GetType().Name, exception.Message);

    public RecordedException ToException() => new(Type, Message);
}
