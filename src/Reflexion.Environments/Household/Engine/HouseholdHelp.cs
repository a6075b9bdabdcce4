namespace Reflexion.Environments;

/// <summary>What the newer grammar answers to <c>help</c>, in words of our own.</summary>
internal static class HouseholdHelp
{
    /// <summary>Ends in a line feed, as the real engine's does; no other text has white space at an end.</summary>
    internal const string Text =
        """

        You can write:
          look                              to see where you are
          inventory                         to see what you hold
          go to (receptacle)                to walk somewhere
          open (receptacle)                 to see what is inside
          close (receptacle)                to shut it
          take (object) from (receptacle)   to pick something up
          move (object) to (receptacle)     to put down what you hold
          examine (receptacle or object)    to look at it closely
          use (object)                      to switch it on
          heat (object) with (receptacle)   to make it hot
          clean (object) with (receptacle)  to make it clean
          cool (object) with (receptacle)   to make it cool
          slice (object) with (object)      to cut it with a knife

        """;
}
