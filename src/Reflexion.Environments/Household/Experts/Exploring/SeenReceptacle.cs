namespace Reflexion.Environments;

/// <summary>What an explorer knows of a receptacle.</summary>
/// <param name="name">What it is called.</param>
internal sealed class SeenReceptacle(string name)
{
    internal string Name { get; } = name;

    internal string Type { get; } = ExplorerMap.TypeOf(name);

    /// <summary>What is in it, as far as is known.</summary>
    internal List<string> Things { get; } = [];

    /// <summary>Whether its content was seen.</summary>
    internal bool IsSearched { get; set; }

    /// <summary>Whether it was found closed.</summary>
    internal bool IsShut { get; set; }

    /// <summary>Whether nothing that was tried there worked.</summary>
    internal bool IsUseless { get; set; }
}
