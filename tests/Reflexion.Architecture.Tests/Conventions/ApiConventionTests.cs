using System.Reflection;

namespace Reflexion.Tests;

public sealed class ApiConventionTests
{
    public static TheoryData<string> Packages => Repository.PackageNames;

    [Theory]
    [MemberData(nameof(Packages))]
    public void Every_public_type_keeps_the_conventions(string package) =>
        Assembly.Load(package).GetExportedTypes().SelectMany(ApiConventions.Violations).Should().BeEmpty();

    [Theory]
    [InlineData(typeof(Broken.Memory), "has a name that collides")]
    [InlineData(typeof(Broken.Failure), "an exception, and nothing else, is called one")]
    [InlineData(typeof(Broken.OpenException), "seal it")]
    [InlineData(typeof(Broken.Open), "seal it")]
    [InlineData(typeof(Broken.MutableField), "is static and can be changed")]
    [InlineData(typeof(Broken.MutableProperty), "is static and can be changed")]
    [InlineData(typeof(Broken.Uncancellable), "its last parameter must be a CancellationToken")]
    [InlineData(typeof(Broken.CancellationFirst), "its last parameter must be a CancellationToken")]
    [InlineData(typeof(Broken.UncancellableStream), "its last parameter must be a CancellationToken")]
    public void A_broken_convention_is_found(Type type, string complaint) =>
        ApiConventions.Violations(type).Should().ContainSingle(violation => violation.Contains(complaint));

    [Theory]
    [InlineData(typeof(Broken.Sound))]
    [InlineData(typeof(Broken.SoundException))]
    [InlineData(typeof(Broken.FamilyException))]
    public void A_sound_type_passes(Type type) =>
        ApiConventions.Violations(type).Where(violation => !violation.Contains("lies in the namespace")).Should().BeEmpty();
}
