namespace Reflexion.Tests;

public class PermanentFaultTests
{
    public static TheoryData<string, bool, int, ChatFaultKind, string> Faults
    {
        get
        {
            var data = new TheoryData<string, bool, int, ChatFaultKind, string>();
            foreach (object[] way in Wired.Ways)
            {
                Add(400, ChatFaultKind.InvalidRequest, "The provider rejected the request (400). Check the messages and the options.");
                Add(401, ChatFaultKind.Authentication, "The provider refused the API key (401). Check that the key is set, not expired, and meant for this endpoint.");
                Add(402, ChatFaultKind.QuotaExhausted, "The provider's quota or credit is used up (402). Check the plan and its billing.");
                Add(403, ChatFaultKind.PermissionDenied, "The provider denied access (403). Check that the key may use this model, project and region.");
                Add(404, ChatFaultKind.NotFound, "The provider does not know the model or the address (404). Check the model's name and the endpoint.");
                Add(413, ChatFaultKind.InvalidRequest, "The provider rejected the request (413). Check the messages and the options.");
                Add(422, ChatFaultKind.InvalidRequest, "The provider rejected the request (422). Check the messages and the options.");

                void Add(int status, ChatFaultKind kind, string advice) => data.Add((string)way[0], (bool)way[1], status, kind, advice);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_permanent_fault_gives_one_clear_error_after_one_request(string provider, bool streaming, int status, ChatFaultKind kind, string advice)
    {
        await using Wired wired = await Wired.StartAsync(provider, Reply.Status(status, "This is why."));

        ChatFaultException fault = (await FluentActions.Awaiting(() => wired.AskAsync(streaming)).Should().ThrowExactlyAsync<ChatFaultException>()).Which;

        fault.Message.Should().Be($"{advice} The provider said: This is why.");
        fault.Fault.Kind.Should().Be(kind);
        fault.Fault.StatusCode.Should().Be(status);
        fault.InnerException!.GetType().Namespace.Should().Be(provider == "openai" ? "System.ClientModel" : "Anthropic.Exceptions");
        wired.Server.Requests.Should().ContainSingle();
        wired.Time.Leaps.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Wired.Ways), MemberType = typeof(Wired))]
    public async Task A_used_up_quota_is_not_waited_for_although_its_status_is_that_of_a_rate_limit(string provider, bool streaming)
    {
        await using Wired wired = await Wired.StartAsync(provider, Reply.Status(429, "You exceeded your quota: insufficient_quota", retryAfter: "1"));

        ChatFaultException fault = (await FluentActions.Awaiting(() => wired.AskAsync(streaming)).Should().ThrowAsync<ChatFaultException>()).Which;

        fault.Fault.Kind.Should().Be(ChatFaultKind.QuotaExhausted);
        wired.Server.Requests.Should().ContainSingle();
    }
}
