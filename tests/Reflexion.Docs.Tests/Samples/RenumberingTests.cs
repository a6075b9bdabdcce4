using Reflexion.Samples.HouseholdModel;

namespace Reflexion.Tests;

public sealed class RenumberingTests
{
    private const string Text = "On the shelf 3, you see a mug 2, and a mug 11. The shelf 12 is closed. You take the mug 2.";

    [Fact]
    public void A_name_keeps_its_new_number()
    {
        var numbers = new Renumbering(new Random(1));

        numbers.Apply(Text).Should().Be(numbers.Apply(Text));
    }

    [Fact]
    public void Names_that_differed_still_do_and_nothing_else_changes()
    {
        var drawn = new HashSet<string>();
        for (int seed = 0; seed < 200; seed++)
        {
            string text = new Renumbering(new Random(seed)).Apply(Text);
            string[] numbers = [.. text.Split([' ', ',', '.']).Where(word => int.TryParse(word, out _))];

            string.Join(' ', text.Split(' ').Select(word => char.IsDigit(word[0]) ? "?" : word)).Should().Be("On the shelf ? you see a mug ? and a mug ? The shelf ? is closed. You take the mug ?");
            numbers.Should().HaveCount(5);
            numbers[0].Should().NotBe(numbers[3]);
            numbers[1].Should().NotBe(numbers[2]).And.Be(numbers[4]);
            drawn.Add(numbers[1]);
        }

        drawn.Should().HaveCount(20, "any of the numbers can be drawn");
    }

    [Fact]
    public void A_number_beyond_what_is_drawn_stays() =>
        new Renumbering(new Random(1)).Apply("cabinet 21").Should().Be("cabinet 21");
}
