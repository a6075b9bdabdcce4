namespace Reflexion;

/// <summary>Writes failures; of the exception, its type's name and its message.</summary>
internal sealed class FailureConverter : SurrogateConverter<EpisodeFailure, FailureSurrogate>
{
    protected override FailureSurrogate ToSurrogate(EpisodeFailure value) => new(value.Component, value.Message, RecordedFault.Of(value.Exception));

    protected override EpisodeFailure FromSurrogate(FailureSurrogate surrogate) => new(surrogate.Component, surrogate.Message, surrogate.Exception.ToException());
}
