namespace Reflexion.LanguageModels;

/// <summary>Why a file could not be had.</summary>
public enum ModelHubError
{
    /// <summary>The hub cannot be reached, or the connection was cut more often than is tried; what came is kept, and the next call goes on from there.</summary>
    Interrupted,

    /// <summary>The file is not in the cache, and the hub may not be asked.</summary>
    Offline,

    /// <summary>The repository, the revision or the file does not exist, or only for those who may see it.</summary>
    NotFound,

    /// <summary>The hub wants a token, or another one (HTTP status 401).</summary>
    Unauthorized,

    /// <summary>The token may not read the file (HTTP status 403).</summary>
    Forbidden,

    /// <summary>The repository's terms must be accepted on its page first.</summary>
    Gated,

    /// <summary>Too much was asked for in too short a time (HTTP status 429).</summary>
    RateLimited,

    /// <summary>The hub gave an answer that no file follows from.</summary>
    UnexpectedAnswer,

    /// <summary>The bytes are not those that the SHA-256, or the length, promises. They were thrown away.</summary>
    Corrupt,

    /// <summary>The disk has no room for the file.</summary>
    DiskFull,

    /// <summary>Another process has been downloading the file for longer than is waited.</summary>
    Locked,
}
