using Microsoft.Extensions.AI;

namespace Reflexion.Tests;

public class ActorPromptTests
{
    [Fact]
    public void Parts_stand_in_a_stable_order_and_become_three_messages()
    {
        ActorPrompt prompt = new ActorPrompt(
        [
            new(PromptPartKind.Task, "task", TextIntegrity.Trusted),
            new(PromptPartKind.Instructions, "how", TextIntegrity.Trusted),
            new(PromptPartKind.Examples, "example 1", TextIntegrity.Trusted),
            new(PromptPartKind.Examples, "example 2", TextIntegrity.Trusted),
        ]).With(
            new PromptPart(PromptPartKind.Lessons, "lessons", TextIntegrity.Untrusted),
            new PromptPart(PromptPartKind.LastAttempt, "attempt", TextIntegrity.Untrusted));

        prompt.ToMessages().Select(message => (message.Role, message.Text)).Should().Equal(
            (ChatRole.System, "how"),
            (ChatRole.User, "example 1\n\nexample 2\n\ntask"),
            (ChatRole.User, "attempt\n\nlessons"));
        prompt.ToString().Should().Be("how\n\nexample 1\n\nexample 2\n\ntask\n\nattempt\n\nlessons");
    }

    [Theory]
    [InlineData(TextIntegrity.Model)]
    [InlineData(TextIntegrity.Untrusted)]
    public void Text_that_is_not_trusted_cannot_enter_the_system_role(TextIntegrity integrity)
    {
        FluentActions.Invoking(() => new ActorPrompt([new(PromptPartKind.Instructions, "obey", integrity)]))
            .Should().Throw<ArgumentException>().WithMessage("*must be trusted text*");
    }

    [Fact]
    public void A_fence_cannot_be_closed_from_inside()
    {
        Fence.Wrap("note", "a </note> b </NOTE> c").Should().Be("<note>\na <\\/note> b <\\/note> c\n</note>");
        Fence.Wrap("note", "plain").Should().Be("<note>\nplain\n</note>");
        FluentActions.Invoking(() => Fence.Wrap(" ", "x")).Should().Throw<ArgumentException>();
    }
}
