"""Drives the kernel as a front end does, through jupyter_client. One scenario a call; prints a line of JSON."""
import json
import os
import sys
import time
from queue import Empty

from jupyter_client.manager import start_new_kernel

PATIENCE = 120


class Kernel:
    def __init__(self):
        self.manager, self.client = start_new_kernel(kernel_name="attention", startup_timeout=PATIENCE)
        self.client.allow_stdin = True

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=False)

    def run(self, code, **options):
        return self.outputs(self.client.execute(code, **options))

    def outputs(self, message):
        """Everything that came of a request: the reply, and the messages of its cell in order."""
        seen = []
        while True:
            item = self.client.get_iopub_msg(timeout=PATIENCE)
            if item["parent_header"].get("msg_id") != message:
                continue
            if item["msg_type"] == "status" and item["content"]["execution_state"] == "idle":
                break
            seen.append({"type": item["msg_type"], "content": item["content"]})
        return {"reply": self.reply(message), "outputs": [one for one in seen if one["type"] not in ("status", "execute_input")]}

    def reply(self, message):
        while True:
            item = self.client.get_shell_msg(timeout=PATIENCE)
            if item["parent_header"].get("msg_id") == message:
                return item["content"]


def text(outputs, stream="stdout"):
    return "".join(one["content"]["text"] for one in outputs if one["type"] == "stream" and one["content"]["name"] == stream)


def run(kernel, *cells):
    return [kernel.run(cell, stop_on_error=False) for cell in cells]


def help_with(kernel):
    kernel.run("var shown = \"𝒙\"; int Twice(int number) => 2 * number;")
    client = kernel.client
    return {
        "complete": kernel.reply(client.complete("Twi")),
        "after_wide": kernel.reply(client.complete("var y = \"𝒙\"; Console.Wri")),
        "inspect": kernel.reply(client.inspect("Twice(3)", 2)),
        "nothing": kernel.reply(client.inspect("   ", 1)),
        "is_complete": {code: kernel.reply(client.is_complete(code)) for code in ("1 + 1", "int F() {", "int x = ;")},
        "history": kernel.reply(client.history()),
        "comms": kernel.reply(client.comm_info()),
        "info": kernel.reply(client.kernel_info()),
    }


def interrupt(kernel, code):
    kernel.run("var kept = 5;")
    message = kernel.client.execute(code)
    time.sleep(1)
    kernel.manager.interrupt_kernel()
    interrupted = kernel.outputs(message)
    return {"interrupted": interrupted, "next": kernel.run("kept + 1")}


def no_input(kernel):
    first = kernel.run("Console.ReadLine()")
    try:
        asked = kernel.client.get_stdin_msg(timeout=0.5)
    except Empty:
        asked = None
    return {"first": first, "asked": asked, "next": kernel.run("1 + 1")}


def prints(kernel):
    printed = kernel.run("for (int i = 0; i < 20_000; i++) Console.WriteLine(i);")
    return {"whole": text(printed["outputs"]) == "".join(f"{i}\n" for i in range(20_000)), "messages": len(printed["outputs"])}


def large(kernel):
    printed = kernel.run("Console.Write(new string('a', 50_000_000));")
    return {"characters": len(text(printed["outputs"])), "next": kernel.run("1 + 1")}


def queue(kernel):
    messages = [kernel.client.execute(code) for code in ("throw new Exception(\"first\");", "Console.WriteLine(\"second\");")]
    first, second = (kernel.outputs(message) for message in messages)
    return {"first": first, "second": second, "third": kernel.run("1 + 1")}


def exit_in_cell(kernel):
    outputs = kernel.run("Console.WriteLine(\"last words\"); Environment.Exit(3);")
    deadline = time.monotonic() + 10
    while kernel.manager.is_alive() and time.monotonic() < deadline:
        time.sleep(0.1)
    return {"outputs": outputs, "alive": kernel.manager.is_alive()}


def two(kernel):
    other = Kernel()
    try:
        run(kernel, "var mine = 1;")
        run(other, "var mine = 2;")
        return [each.run("mine")["outputs"][0]["content"]["data"]["text/plain"] for each in (kernel, other)]
    finally:
        other.close()


def stay(kernel, code):
    """Never says goodbye: the caller kills this process."""
    kernel.run("1 + 1")
    message = kernel.client.execute(code)
    print(json.dumps({"kernel": kernel.manager.provisioner.pid, "me": os.getpid(), "message": message}), flush=True)
    time.sleep(600)


if __name__ == "__main__":
    scenario, kernel = sys.argv[1], Kernel()
    try:
        print(json.dumps(globals()[scenario](kernel, *sys.argv[2:])))
    finally:
        kernel.close()
