using System.Text;
using System.Text.Json.Nodes;
using NetMQ;
using NetMQ.Sockets;

namespace NotebookHost;

/// <summary>The five sockets of a kernel. One thread has them all; from any other, messages go through a queue, in order.</summary>
internal sealed class JupyterChannels : IDisposable
{
    private static readonly TimeSpan _timeToDeliver = TimeSpan.FromSeconds(10);

    private readonly JupyterWire _wire;
    private readonly RouterSocket _shell = new();
    private readonly RouterSocket _control = new();
    private readonly RouterSocket _stdin = new();
    private readonly RouterSocket _heartbeat = new();
    private readonly PublisherSocket _iopub = new();
    private readonly NetMQQueue<(NetMQSocket Socket, NetMQMessage Message)> _outgoing = new();
    private readonly NetMQPoller _poller;

    /// <exception cref="NetMQException">An address is taken.</exception>
    public JupyterChannels(ConnectionFile connection, Action<JupyterRequest> onShell, Action<JupyterRequest> onControl)
    {
        _wire = new JupyterWire(connection.Key);
        _poller = [_shell, _control, _stdin, _heartbeat, _outgoing];
        foreach ((NetMQSocket socket, int port) in new (NetMQSocket, int)[]
        {
            (_shell, connection.ShellPort), (_control, connection.ControlPort), (_stdin, connection.StdinPort), (_heartbeat, connection.HbPort), (_iopub, connection.IopubPort),
        })
        {
            // What a slow reader has not fetched yet is kept, and not thrown away.
            socket.Options.SendHighWatermark = 0;
            socket.Options.ReceiveHighWatermark = 0;
            socket.Options.Linger = _timeToDeliver;
            socket.Bind(connection.Address(port));
        }

        _shell.ReceiveReady += (_, _) => Receive(_shell, onShell);
        _control.ReceiveReady += (_, _) => Receive(_control, onControl);
        // Nobody is asked for input, so no answer is expected here.
        _stdin.ReceiveReady += (_, _) => Receive(_stdin, static _ => { });
        _heartbeat.ReceiveReady += (_, _) => _heartbeat.SendMultipartMessage(_heartbeat.ReceiveMultipartMessage());
        _outgoing.ReceiveReady += (_, _) => SendAll();
    }

    public void Start() => _poller.RunAsync("jupyter channels");

    public void ReplyOnShell(JupyterRequest request, JsonObject content) => Reply(_shell, request, content);

    public void ReplyOnControl(JupyterRequest request, JsonObject content) => Reply(_control, request, content);

    /// <summary>Tells every front end.</summary>
    public void Publish(string type, JsonObject content, JupyterRequest? parent) =>
        _outgoing.Enqueue((_iopub, _wire.Encode(type, content, parent, [Encoding.UTF8.GetBytes($"kernel.{type}")])));

    /// <summary>Delivers what is on its way, and closes.</summary>
    public void Dispose()
    {
        if (_poller.IsRunning)
            _poller.Stop();
        SendAll();
        _poller.Dispose();
        _outgoing.Dispose();
        foreach (NetMQSocket socket in new NetMQSocket[] { _shell, _control, _stdin, _heartbeat, _iopub })
            socket.Dispose();
        NetMQConfig.Cleanup(block: true);
    }

    private void Reply(RouterSocket socket, JupyterRequest request, JsonObject content) =>
        _outgoing.Enqueue((socket, _wire.Encode(request.ReplyType, content, request, request.Identities)));

    private void Receive(RouterSocket socket, Action<JupyterRequest> handle)
    {
        if (_wire.Decode(socket.ReceiveMultipartMessage()) is { } request)
            handle(request);
    }

    private void SendAll()
    {
        while (_outgoing.TryDequeue(out (NetMQSocket Socket, NetMQMessage Message) next, TimeSpan.Zero))
            next.Socket.SendMultipartMessage(next.Message);
    }
}
