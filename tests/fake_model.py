"""A server that speaks as language models do, and fails as they do. It knows no language."""

import json
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class FakeModel:
    """Say yes to a theme where its word stands in the passage; `fails` changes replies.

    `words` says which word stands for which theme. `fails(question, said)` returns None to
    go on, an HTTP status, one and where it leads, bytes to send as they are, or seconds to hang.
    """

    def __init__(self, words, fails=None, *, tells_chances=True, digest=""):
        self.words, self.fails = words, fails or (lambda question, said: None)
        self.tells_chances, self.digest = tells_chances, digest
        self.questions, self.paths, self.lock = [], [], threading.Lock()
        self.url, self.drips = "", 0.0  # seconds between two letters

    @property
    def passages(self):
        """Return what was sent as passages."""
        return [said_of(question)["passage"] for question in self.questions]

    def reply(self, question):
        said = said_of(question)["passage"]
        says = {t: "yes" if w in said else "no" for t, w in self.words.items()}
        quoted = [
            {"theme": theme, "quotation": self.words[theme], "stance": "need"}
            for theme, word in says.items()
            if word == "yes"
        ]
        return {"themes": says, "quotations": quoted}

    def told(self, question, answer):
        text = answer if isinstance(answer, str) else json.dumps(answer)
        choice = {"index": 0, "finish_reason": "stop"}
        if "messages" in question:
            choice["message"] = {"role": "assistant", "content": text}
        else:
            choice["text"] = text
        if self.tells_chances:
            choice["logprobs"] = {"content": list(tokens(text))}
        return {"choices": [choice]}


def said_of(question):
    """Return the passage that a question holds, and what stood before it."""
    if "messages" in question:
        text = question["messages"][-1]["content"]
    else:
        text = question["prompt"].split("\n\nPASSAGE\n")[1]
    return json.JSONDecoder().raw_decode(text)[0]


def tokens(text):
    """Cut a text into tokens of a letter, but for yes and no, which are one."""
    at = 0
    while at < len(text):
        word = next(
            (w for w in ("yes", "no") if text.startswith(f'{w}"', at)), text[at]
        )
        other = {"yes": "no", "no": "yes"}.get(word)
        top = [{"token": word, "logprob": -0.1}]
        top += [{"token": other, "logprob": -2.4}] if other else []
        yield {"token": word, "logprob": -0.1, "top_logprobs": top}
        at += len(word)


class _Handler(BaseHTTPRequestHandler):
    """Answer for the model that the server holds."""

    def log_message(self, *args):
        pass

    def handle(self):
        with suppress(BrokenPipeError, ConnectionResetError):
            super().handle()

    def send(self, body, status=200, location=None):
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        wait = self.server.model.drips
        for part in [bytes([letter]) for letter in body] if wait else [body]:
            self.wfile.write(part)
            time.sleep(wait)

    def do_GET(self):
        model = self.server.model
        model.paths.append(self.path)
        if self.path == "/v1/models":
            self.send(json.dumps({"data": [{"id": "fake"}, {"id": "other"}]}).encode())
        elif self.path == "/api/tags" and model.digest:
            listed = {"models": [{"name": "fake", "digest": model.digest}]}
            self.send(json.dumps(listed).encode())
        else:
            self.send(b"{}", 404)

    def do_POST(self):
        model = self.server.model
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with model.lock:
            model.paths.append(self.path)
            model.questions.append(question)
        how = model.fails(question, said_of(question))
        if isinstance(how, float):
            time.sleep(how)
            how = None
        if isinstance(how, int | tuple):
            self.send(b"{}", *(how if isinstance(how, tuple) else (how,)))
        elif isinstance(how, bytes):
            self.send(how)
        else:
            answer = model.reply(question) if how is None else how
            self.send(json.dumps(model.told(question, answer)).encode())


@contextmanager
def serving(model):
    """Run a fake model on this machine, and say where in `model.url`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.model, server.daemon_threads = model, True
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}
    )
    thread.start()
    model.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
