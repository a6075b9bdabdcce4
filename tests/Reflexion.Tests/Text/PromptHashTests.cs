using Microsoft.Extensions.AI;

namespace Reflexion.Tests;

public class PromptHashTests
{
    [Fact]
    public void It_is_16_digits_of_the_sha256_over_roles_and_texts() =>
        // printf user:5:hello | iconv -t UTF-16LE | sha256sum
        PromptHash.Of([new(ChatRole.User, "hello")]).Should().Be("2e2eb90bf731a018");

    [Fact]
    public void Roles_and_boundaries_count()
    {
        string[] hashes =
        [
            PromptHash.Of([new(ChatRole.User, "ab")]),
            PromptHash.Of([new(ChatRole.System, "ab")]),
            PromptHash.Of([new(ChatRole.User, "a"), new(ChatRole.User, "b")]),
            PromptHash.Of([new(ChatRole.User, "b"), new(ChatRole.User, "a")]),
        ];
        hashes.Should().OnlyHaveUniqueItems();
    }
}
