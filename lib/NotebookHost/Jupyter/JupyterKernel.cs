using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace NotebookHost;

/// <summary>A Jupyter kernel: the same engine as <c>attention run</c>, asked by a front end instead of a file, and telling a front end instead of a page.</summary>
internal sealed class JupyterKernel : IDisposable
{
    private readonly Channel<JupyterRequest> _executions = Channel.CreateUnbounded<JupyterRequest>();
    private readonly TaskCompletionSource _shutdown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _interruptLock = new();
    private readonly JupyterChannels _channels;
    private readonly JupyterSink _sink;
    private readonly CellEngine _engine;
    private readonly CellAssistant _assistant;
    private readonly JupyterHelp _help;
    private CancellationTokenSource? _interrupt;
    private JupyterRequest? _running;
    private bool _closed;

    /// <param name="connection">Where to listen.</param>
    /// <param name="folder">The notebook's folder.</param>
    public JupyterKernel(ConnectionFile connection, string folder)
    {
        _channels = new JupyterChannels(connection, OnShell, OnControl);
        _sink = new JupyterSink(_channels.Publish);
        _engine = new CellEngine(folder, _sink);
        _assistant = new CellAssistant(_engine.Options);
        _help = new JupyterHelp(_assistant);
    }

    /// <summary>Serves until it is told to shut down.</summary>
    public async Task RunAsync()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => EndInTheMiddle();
        Tell("starting", null);
        _channels.Start();
        _ = ExecuteAllAsync();
        await _shutdown.Task;
    }

    /// <summary>Stops the running cell, if there is one, as soon as it can be stopped.</summary>
    public void Interrupt()
    {
        lock (_interruptLock)
            _ = _interrupt?.CancelAsync();
    }

    public void Dispose()
    {
        _closed = true;
        _sink.Dispose();
        _channels.Dispose();
        _assistant.Dispose();
        _engine.Dispose();
    }

    private void Tell(string state, JupyterRequest? request) => _channels.Publish("status", new JsonObject { ["execution_state"] = state }, request);

    private static JsonObject Ok(JsonObject? content = null)
    {
        content ??= [];
        content["status"] = "ok";
        return content;
    }

    private void OnShell(JupyterRequest request)
    {
        if (request.Type == "execute_request")
            _executions.Writer.TryWrite(request);
        else
            // Answered while a cell runs, too: nobody waits for it to know how a name goes on.
            _ = Task.Run(() => AnswerAsync(request, _channels.ReplyOnShell));
    }

    private void OnControl(JupyterRequest request) => _ = Task.Run(() => AnswerAsync(request, _channels.ReplyOnControl));

    private async Task AnswerAsync(JupyterRequest request, Action<JupyterRequest, JsonObject> reply)
    {
        Tell("busy", request);
        try
        {
            if (await ContentAsync(request) is { } content)
                reply(request, content);
        }
        catch (Exception exception)
        {
            reply(request, JupyterError.Reply(CellTrace.Describe(exception, 0)));
        }

        Tell("idle", request);
        if (request.Type == "shutdown_request")
            _shutdown.TrySetResult();
    }

    private async Task<JsonObject?> ContentAsync(JupyterRequest request)
    {
        switch (request.Type)
        {
            case "kernel_info_request":
                return Ok(KernelInfo.Content());
            case "complete_request":
                return Ok(await _help.CompleteAsync(request));
            case "inspect_request":
                return Ok(await _help.InspectAsync(request));
            case "is_complete_request":
                return JupyterHelp.IsComplete(request);
            case "history_request":
                return Ok(new JsonObject { ["history"] = new JsonArray() });
            case "comm_info_request":
                return Ok(new JsonObject { ["comms"] = new JsonObject() });
            case "interrupt_request":
                Interrupt();
                return Ok();
            case "shutdown_request":
                return Ok(new JsonObject { ["restart"] = request.Flag("restart", otherwise: false) });
            case "comm_open":
                // There is nothing here to talk to.
                _channels.Publish("comm_close", new JsonObject { ["comm_id"] = request.Text("comm_id"), ["data"] = new JsonObject() }, request);
                return null;
            default:
                return null;
        }
    }

    private async Task ExecuteAllAsync()
    {
        await foreach (JupyterRequest request in _executions.Reader.ReadAllAsync())
        {
            if (await ExecuteAsync(request) || !request.Flag("stop_on_error", otherwise: true))
                continue;
            // What was asked for before anyone could know of the error builds on the cell that failed.
            while (_executions.Reader.TryRead(out JupyterRequest? next))
                Abort(next);
        }
    }

    private async Task<bool> ExecuteAsync(JupyterRequest request)
    {
        Tell("busy", request);
        _sink.Begin(request);
        string code = request.Text("code");
        if (!request.Flag("silent", otherwise: false))
        {
            _sink.ExecutionCount++;
            _channels.Publish("execute_input", new JsonObject { ["code"] = code, ["execution_count"] = _sink.ExecutionCount }, request);
        }

        CellError? error = await RunAsync(request, code);
        _sink.Flush();
        Finish(request, error is null ? Ok(new JsonObject { ["payload"] = new JsonArray(), ["user_expressions"] = new JsonObject() }) : JupyterError.Reply(error));
        return error is null;
    }

    private async Task<CellError?> RunAsync(JupyterRequest request, string code)
    {
        var interrupt = new CancellationTokenSource();
        (_running, _interrupt) = (request, interrupt);
        try
        {
            CellError? error = await _engine.ExecuteAsync(code, _sink.ExecutionCount, interrupt.Token);
            if (error is null)
                _assistant.Add(code);
            return error;
        }
        finally
        {
            lock (_interruptLock)
                (_running, _interrupt) = (null, null);
        }
    }

    private void Abort(JupyterRequest request)
    {
        Tell("busy", request);
        Finish(request, new JsonObject { ["status"] = "aborted" });
    }

    private void Finish(JupyterRequest request, JsonObject reply)
    {
        reply["execution_count"] = _sink.ExecutionCount;
        _channels.ReplyOnShell(request, reply);
        Tell("idle", request);
    }

    // A cell may end the process by Environment.Exit: who waits for it is told, and what was printed has arrived.
    private void EndInTheMiddle()
    {
        if (_closed || _running is not { } request)
            return;
        _closed = true;
        const string Message = "The cell ended the kernel's process. Start the kernel again.";
        var error = new CellError("ProcessEnded", Message, null, [Message]);
        _sink.Error(error);
        Finish(request, JupyterError.Reply(error));
        _channels.Dispose();
    }
}
