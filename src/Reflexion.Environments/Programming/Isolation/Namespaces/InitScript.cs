namespace Reflexion.Environments;

/// <summary>The shell script that is the first process of a program's namespaces: whatever happens, the kernel ends all the others with it.</summary>
internal static class InitScript
{
    /// <summary>What it writes to its standard error when nothing is left but to run the program.</summary>
    public const byte Ready = 6;

    /// <summary>Arguments: the number of files, name and size of each, and the program; the files' bytes come first on standard input.</summary>
    /// <remarks>
    /// Kernels that let it do so take away System V's shared memory and messages, which no limit of a process counts. The first mount covers the system's
    /// settings, which some kernels let their first user change without any capability: what is taken away stays away. The process in the background sees
    /// the end of the host, should it die: a pipe that nothing is written to ends.
    /// </remarks>
    public static string Text(string mount, string head) => $$"""
        echo 0 > /proc/sys/user/max_user_namespaces || exit 125
        echo 1000 > /proc/self/oom_score_adj || exit 125
        {
            echo 0 > /proc/sys/kernel/shmmni
            echo 0 > /proc/sys/kernel/msgmni
        } 2> /dev/null
        {{mount}} -a -T /.sandbox/fstab && cd /work || exit 125
        files=$1
        shift
        while [ "$files" -gt 0 ]; do
            {{head}} -c "$2" > "./$1" || exit 125
            shift 2
            files=$((files - 1))
        done
        (read -r _ < /.sandbox/host; kill -9 -1) < /dev/null > /dev/null 2>&1 &
        unset PWD OLDPWD files
        printf '\006' >&2
        exec 3>&2 2> /dev/null
        (exec "$@" 2>&3 3>&-)
        exit $?
        """;
}
