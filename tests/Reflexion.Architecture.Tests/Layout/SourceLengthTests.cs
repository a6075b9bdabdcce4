namespace Reflexion.Tests;

public sealed class SourceLengthTests
{
    private const int LongestFile = 400;
    private const int LongestMedian = 60;

    /// <summary>Files that may be longer, and why.</summary>
    private static readonly Dictionary<string, string> LongForAReason = [];

    public static TheoryData<string> Packages => Repository.PackageNames;

    [Fact]
    public void No_file_is_long_without_a_reason() =>
        SourceFile.All().Where(file => file.Lines.Length > LongestFile && !LongForAReason.ContainsKey(file.Path))
            .Select(file => $"{file.Path}: {file.Lines.Length} lines").Should().BeEmpty("a file of more than {0} lines is split, or listed with its reason", LongestFile);

    [Fact]
    public void No_reason_outlives_its_long_file() =>
        LongForAReason.Keys.Except(SourceFile.All().Where(file => file.Lines.Length > LongestFile).Select(file => file.Path)).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_median_file_of_a_package_fits_on_a_screen(string package)
    {
        int[] lengths = [.. SourceFile.Under("src", package).Select(file => file.Lines.Length).Order()];

        lengths[lengths.Length / 2].Should().BeLessThanOrEqualTo(LongestMedian);
    }
}
