"""As much of a Kubernetes API server as kubectl needs to hand over a Secret and to restart a Deployment.

    cluster.py FOLDER

Listens on a free port, writes FOLDER/kubeconfig for kubectl, and keeps each Secret that it is given
as FOLDER/<its name>.json. FOLDER/restarted is the patch that the Deployment was restarted with.
"""

import http.server
import json
import pathlib
import sys

FOLDER = pathlib.Path(sys.argv[1])
SECRETS = "/api/v1/namespaces/licensed/secrets"
DEPLOYMENT = "/apis/apps/v1/namespaces/licensed/deployments/application"

DISCOVERY = {
    "/api": {"kind": "APIVersions", "versions": ["v1"]},
    "/apis": {
        "kind": "APIGroupList", "apiVersion": "v1", "groups": [
            {"name": "apps", "versions": [{"groupVersion": "apps/v1", "version": "v1"}],
             "preferredVersion": {"groupVersion": "apps/v1", "version": "v1"}},
        ],
    },
    "/apis/apps/v1": {
        "kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "apps/v1", "resources": [
            {"name": "deployments", "singularName": "deployment", "namespaced": True,
             "kind": "Deployment", "verbs": ["get", "patch"]},
        ],
    },
    DEPLOYMENT: {
        "kind": "Deployment", "apiVersion": "apps/v1",
        "metadata": {"name": "application", "namespace": "licensed"},
        "spec": {
            "selector": {"matchLabels": {"app": "application"}},
            "template": {
                "metadata": {"labels": {"app": "application"}},
                "spec": {"containers": [{"name": "application", "image": "example"}]},
            },
        },
    },
    "/api/v1": {
        "kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "v1", "resources": [
            {"name": "secrets", "singularName": "secret", "namespaced": True, "kind": "Secret",
             "verbs": ["create", "get", "patch"]},
        ],
    },
}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path = self.path.split("?")[0]
        self.answer(*((200, DISCOVERY[path]) if path in DISCOVERY else (404, self.not_found())))

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path.split("?")[0] != SECRETS:
            return self.answer(404, self.not_found())
        secret = json.loads(body)
        (FOLDER / f"{secret['metadata']['name']}.json").write_bytes(body)
        self.answer(201, secret)

    def do_PATCH(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path.split("?")[0] != DEPLOYMENT:
            return self.answer(404, self.not_found())
        (FOLDER / "restarted").write_bytes(body)
        self.answer(200, DISCOVERY[DEPLOYMENT])

    def not_found(self):
        return {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound",
                "code": 404, "message": f"{self.path} not found"}

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
(FOLDER / "kubeconfig").write_text(json.dumps({
    "apiVersion": "v1", "kind": "Config", "current-context": "here",
    "clusters": [{"name": "here", "cluster": {
        "server": f"http://127.0.0.1:{server.server_port}"}}],
    "contexts": [{"name": "here", "context": {"cluster": "here", "user": "nobody"}}],
    "users": [{"name": "nobody", "user": {}}],
}))
server.serve_forever()
