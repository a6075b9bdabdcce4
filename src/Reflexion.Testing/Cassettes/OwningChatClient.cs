using Microsoft.Extensions.AI;

namespace Reflexion.Testing;

/// <summary>A client that takes something else with it when it is disposed of.</summary>
internal sealed class OwningChatClient(IChatClient innerClient, IDisposable owned) : DelegatingChatClient(innerClient)
{
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            owned.Dispose();
        }
    }
}
