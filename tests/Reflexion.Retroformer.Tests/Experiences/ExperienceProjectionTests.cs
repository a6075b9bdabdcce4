using Microsoft.Extensions.AI;
using Reflexion.Retroformer;

namespace Reflexion.Tests;

public sealed class ExperienceProjectionTests
{
    [Fact]
    public void A_state_of_instructions_and_one_text_stays_as_it_is() =>
        ExperienceProjection.Split([new(ChatRole.System, "Coach."), new(ChatRole.User, "It failed.")]).Should().Be(("Coach.", "It failed."));

    [Fact]
    public void A_conversation_names_who_says_what() =>
        ExperienceProjection.Split([new(ChatRole.User, "Door?"), new(ChatRole.Assistant, "open door"), new(ChatRole.User, "It is locked.")])
            .Should().Be((null, "user: Door?\n\nassistant: open door\n\nuser: It is locked."));
}
