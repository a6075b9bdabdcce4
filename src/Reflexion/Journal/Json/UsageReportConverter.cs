namespace Reflexion;

/// <summary>Writes usage as a list of components.</summary>
internal sealed class UsageReportConverter : SurrogateConverter<UsageReport, UsageSurrogate[]>
{
    protected override UsageSurrogate[] ToSurrogate(UsageReport value) =>
        [.. value.ByComponent.Select(entry => new UsageSurrogate(entry.Key, entry.Value.Calls, entry.Value.FailedCalls, entry.Value.Tokens, entry.Value.Cost))];

    protected override UsageReport FromSurrogate(UsageSurrogate[] surrogate) =>
        new(surrogate.Select(used => new KeyValuePair<AgentComponent, ComponentUsage>(used.Component, new(used.Calls, used.FailedCalls, used.Tokens, used.Cost))));
}
