using System.Net;
using System.Net.Sockets;
using Reflexion.Environments;

namespace Reflexion.Tests;

/// <summary>Programs that want to see or change what is not theirs.</summary>
public sealed class HostileReachTests(SandboxFixture fixture) : IClassFixture<SandboxFixture>
{
    private static readonly string[] Outside = ["/", "/usr", "/usr/lib", "/etc", "/tmp", "/root"];

    [ContainedFact]
    public Task Secrets_in_files_are_out_of_sight() => ShouldSay(host => $$"""
        import os
        for path in ('{{host.SecretFile}}', '{{host.Folder}}', '{{AppContext.BaseDirectory}}', '/etc/shadow', '/etc/hostname', '/home', '/var', os.path.join('/root', '.ssh'), '/sys', '/proc/1/root', '/proc/1/environ', '/proc/1/mem', '/.sandbox/old', '/.sandbox/old/etc/shadow'):
            try: print('seen', path, os.listdir(path) if os.path.isdir(path) else open(path, 'rb').read())
            except OSError: pass
        for folder, folders, names in os.walk('/'):
            if folder in ('/proc', '/usr', os.path.dirname(os.__file__)): folders.clear()
            if 'secret.txt' in names: print('seen', folder)
        """, string.Empty);

    [ContainedFact]
    public Task Secrets_in_the_environment_of_other_processes_are_out_of_sight() => ShouldSay(_ => """
        import os
        numbers = [int(name) for name in os.listdir('/proc') if name.isdigit()]
        print(len(numbers), max(numbers) < 20)
        for number in numbers:
            try: print(open(f'/proc/{number}/environ', 'rb').read())
            except OSError as error: print(error.strerror)
        """, "3 True\nPermission denied\nPermission denied\nb''\n");

    [ContainedFact]
    public Task Nothing_outside_can_be_written() => ShouldSay(host => $$"""
        import os
        for folder in ('/', '/usr', '/usr/lib', '/usr/bin', '/etc', '/dev', '/proc', '/.sandbox', '{{host.Folder}}', '/root', os.path.dirname(os.__file__)):
            try: open(folder + '/{{host.Marker}}', 'w'); print('wrote', folder)
            except OSError: pass
        for path in ('/etc/passwd', '/.sandbox/host', '/.sandbox/fstab', '/proc/sys/kernel/hostname', '/proc/sysrq-trigger', os.__file__):
            try: open(path, 'w'); print('opened', path)
            except OSError: pass
            try: os.chmod(path, 0o777); print('changed', path)
            except OSError: pass
            try: os.unlink(path); print('deleted', path)
            except OSError: pass
        open('/tmp/{{host.Marker}}', 'w'); open('/work/{{host.Marker}}', 'w')
        """, string.Empty);

    [ContainedFact]
    public Task Links_lead_nowhere() => ShouldSay(host => $$"""
        import os, sys
        for index, target in enumerate(('{{host.SecretFile}}', '/etc/shadow', '/proc/1/root/etc/shadow', '../../etc/shadow')):
            os.symlink(target, f'link{index}')
            try: print('read', target, open(f'link{index}').read())
            except OSError: pass
        for target in ('{{host.SecretFile}}', sys.executable, '/etc/passwd', '/proc/1/environ'):
            try: os.link(target, 'hard'); print('linked', target)
            except OSError: pass
        """, string.Empty);

    [ContainedFact]
    public async Task Sockets_reach_nobody()
    {
        using var folder = new TemporaryFolder();
        using var tcp = Bound(new Socket(SocketType.Stream, ProtocolType.Tcp), new IPEndPoint(IPAddress.Loopback, 0));
        using var udp = Bound(new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp), new IPEndPoint(IPAddress.Loopback, 0));
        using var unix = Bound(new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified), new UnixDomainSocketEndPoint(folder.File("socket")));
        var name = $"reflexion-{Guid.NewGuid():N}";
        using var nameless = Bound(new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified), new UnixDomainSocketEndPoint("\0" + name));
        tcp.Listen();
        unix.Listen();
        nameless.Listen();

        await ShouldSay(_ => $$"""
            import socket
            def reach(name, action):
                try: action(); print('reached', name)
                except OSError as error: print(name, error.strerror)
            stream, datagram = socket.SOCK_STREAM, socket.SOCK_DGRAM
            reach('tcp', lambda: socket.socket(socket.AF_INET, stream).connect(('127.0.0.1', {{Port(tcp)}})))
            reach('udp', lambda: socket.socket(socket.AF_INET, datagram).sendto(b'x', ('127.0.0.1', {{Port(udp)}})))
            reach('out', lambda: socket.socket(socket.AF_INET, stream).connect(('1.1.1.1', 53)))
            reach('unix', lambda: socket.socket(socket.AF_UNIX, stream).connect('{{folder.File("socket")}}'))
            reach('abstract', lambda: socket.socket(socket.AF_UNIX, stream).connect('\0{{name}}'))
            """, """
            tcp Network is unreachable
            udp Network is unreachable
            out Network is unreachable
            unix No such file or directory
            abstract Connection refused

            """);

        udp.Available.Should().Be(0);
        tcp.Poll(0, SelectMode.SelectRead).Should().BeFalse();
        unix.Poll(0, SelectMode.SelectRead).Should().BeFalse();
        nameless.Poll(0, SelectMode.SelectRead).Should().BeFalse();
    }

    [ContainedFact]
    public Task Signals_reach_nobody() => ShouldSay(host => $$"""
        import os, signal
        os.kill(os.getppid(), signal.SIGKILL)
        os.kill(1, signal.SIGKILL)
        os.kill(-1, signal.SIGKILL)
        for number in ({{host.Bystander}}, {{Environment.ProcessId}}):
            try: os.kill(number, signal.SIGKILL); print('killed', number)
            except OSError as error: print(error.strerror)
        """, "No such process\nNo such process\n");

    [ContainedFact]
    public Task No_rights_are_to_be_had() => ShouldSay(_ => """
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        def attempt(name, *arguments):
            result = getattr(libc, name)(*arguments)
            print(name, result if result == 0 else os.strerror(ctypes.get_errno()))
        attempt('unshare', 0x10000000)
        attempt('unshare', 0x00020000)
        attempt('mount', b'x', b'/tmp', b'tmpfs', 0, None)
        attempt('umount2', b'/work', 2)
        attempt('chroot', b'/')
        attempt('ptrace', 16, 1, 0, 0)
        attempt('sethostname', b'x', 1)
        attempt('setuid', 65534)
        attempt('setgroups', 0, None)
        attempt('mknod', b'/tmp/device', 0o60666, 0xfe00)
        status = open('/proc/self/status').read()
        print([line.split()[1] for line in status.splitlines() if line.startswith(('Cap', 'NoNewPrivs'))])
        """, """
        unshare No space left on device
        unshare Operation not permitted
        mount Operation not permitted
        umount2 Operation not permitted
        chroot Operation not permitted
        ptrace Operation not permitted
        sethostname Operation not permitted
        setuid Invalid argument
        setgroups Operation not permitted
        mknod Operation not permitted
        ['0000000000000000', '0000000000000000', '0000000000000000', '0000000000000000', '0000000000000000', '1']

        """);

    [ContainedFact]
    public Task Rights_in_files_give_nothing() => ShouldSay(_ => """
        import os, subprocess
        found = [os.path.join(folder, name) for folder in ('/usr/bin', '/usr/sbin') for name in os.listdir(folder)]
        privileged = [path for path in found if os.path.isfile(path) and os.stat(path).st_mode & 0o6000]
        for path in privileged[:3]:
            program = subprocess.run(['/usr/bin/unshare', '--mount', path], capture_output=True, env={})
            if program.returncode == 0: print('ran', path)
        try: os.mkdir('a'); os.chmod('a', 0o6777); os.chroot('a'); print('changed')
        except OSError: print('refused')
        """, "refused\n");

    [ContainedFact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Only_what_a_command_names_is_to_be_read()
    {
        using var temporary = new TemporaryFolder();
        foreach (var folder in new[] { temporary.Path, temporary.File("with space and \\") })
        {
            Directory.CreateDirectory(folder);
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
            var file = Path.Combine(folder, "data.txt");
            await File.WriteAllTextAsync(file, "readable");
            var command = PythonProgram.Command($"""
                try: print(open(r'{file}').read()); open(r'{file}', 'w')
                except OSError as error: print(error.strerror)
                """);

            var (_, unnamed) = await fixture.Sandbox.RunAsync(command);
            var (_, named) = await fixture.Sandbox.RunAsync(command with { ReadableFolders = command.ReadableFolders.Add(folder + "/") });

            unnamed.Should().Be("No such file or directory\n");
            named.Should().Be("readable\nRead-only file system\n");
            (await File.ReadAllTextAsync(file)).Should().Be("readable");
            File.Delete(file);
        }
    }

    private static Socket Bound(Socket socket, EndPoint point)
    {
        socket.Bind(point);
        return socket;
    }

    private static int Port(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;

    private async Task ShouldSay(Func<HostWatch, string> program, string output)
    {
        using var host = new HostWatch();
        var (exit, said) = await fixture.Sandbox.RunAsync(PythonProgram.Command($"# {host.Marker}\n{program(host)}"));
        exit.ErrorOutput.Should().BeEmpty();
        said.Should().Be(output);
        exit.Should().Be(new SandboxExit(SandboxEnd.Exited, 0, string.Empty));
        host.ShouldBeUnharmed(said);
        Outside.Should().NotContain(folder => File.Exists(Path.Combine(folder, host.Marker)));
    }
}
