using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class NativeBufferTests
{
    [Fact]
    public void A_buffer_begins_zeroed_on_a_cache_line()
    {
        using var buffer = new NativeBuffer<float>(1_000);

        buffer.Length.Should().Be(1_000);
        buffer.Span.ToArray().Should().OnlyContain(number => number == 0);
        unsafe
        {
            ((nint)buffer.Pointer % 64).Should().Be(0);
        }
    }
}
