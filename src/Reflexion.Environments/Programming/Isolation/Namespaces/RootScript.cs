namespace Reflexion.Environments;

/// <summary>The shell script that builds a root of read-only folders inside a mount namespace of its own.</summary>
internal static class RootScript
{
    /// <summary>Arguments: the size of each writable folder, then the folders that can be read beside the system's.</summary>
    /// <remarks>
    /// It says "open" when the pipe that ties programs to the host can be opened, and "ready" when the namespace can be; each time it waits for a line.
    /// The pipe cannot be written to afterwards, not even by its owner. The host's proc stays mounted, since the kernel lets a namespace mount a proc of
    /// its own only where it sees one; each program's own covers it. Folders are taken from the old root after the turn, when nothing covers the host's
    /// /tmp; those that a program's own writable folders will cover are bound again over these.
    /// </remarks>
    public const string Text = """
        set -e
        PATH=/usr/sbin:/usr/bin:/sbin:/bin
        umask 022
        size=$1
        shift
        readable() {
            mkdir -p "$2"
            mount --bind "$1" "$2" 2> /dev/null || mount --rbind "$1" "$2"
            mount -o remount,bind,ro,nosuid,nodev "$2" 2> /dev/null || mount -o remount,bind,ro,nosuid,nodev,noexec "$2"
        }
        mount -t tmpfs -o size=4m,mode=755,nosuid,nodev box /tmp
        cd /tmp
        mkdir etc dev proc tmp work .sandbox .sandbox/old
        readable /usr usr
        for name in bin sbin lib lib32 lib64 libx32; do
            if [ -h "/$name" ]; then ln -s "$(readlink "/$name")" "$name"; elif [ -d "/$name" ]; then readable "/$name" "$name"; fi
        done
        for name in null zero full random urandom; do
            : > "dev/$name"
            mount --bind "/dev/$name" "dev/$name"
        done
        ln -s /proc/self/fd dev/fd
        ln -s /tmp dev/shm
        if [ -f /etc/ld.so.cache ]; then cp /etc/ld.so.cache etc/; fi
        if [ -d /etc/alternatives ]; then cp -PR /etc/alternatives etc/; fi
        echo 'root:x:0:0::/work:/bin/false' > etc/passwd
        echo 'root:x:0:' > etc/group
        echo '/proc/sys /proc/sys none bind,ro,nosuid,nodev,noexec 0 0' > .sandbox/fstab
        echo "box /work tmpfs size=$size,nr_inodes=4096,mode=700,nosuid,nodev 0 0" >> .sandbox/fstab
        echo "box /tmp tmpfs size=$size,nr_inodes=4096,mode=700,nosuid,nodev 0 0" >> .sandbox/fstab
        mkfifo .sandbox/host
        mount --rbind /proc proc
        pivot_root . .sandbox/old
        cd /.sandbox
        covered=0
        for folder in "$@"; do
            case $folder in
                /tmp/* | /work/*)
                    covered=$((covered + 1))
                    readable "old$folder" "covered$covered"
                    name=$(printf %s "$folder" | sed 's/\\/\\134/g; s/ /\\040/g; s/\t/\\011/g')
                    printf '%s\n' "/.sandbox/covered$covered $name none bind,X-mount.mkdir 0 0" >> fstab
                    ;;
                *) readable "old$folder" "$folder" ;;
            esac
        done
        umount -l old
        rmdir old
        echo open
        read -r _
        chmod 444 host
        mount -o remount,bind,ro,nosuid,nodev /
        echo ready
        read -r _
        """;
}
