"""Renders a template with values by Helm's own engine, and prints its first environment variable.

    helm.py TEMPLATE VALUES
"""

import pathlib
import sys
import tempfile

import helm_python
import yaml

template, values = (pathlib.Path(name).read_text() for name in sys.argv[1:])
with tempfile.TemporaryDirectory() as folder:
    chart = pathlib.Path(folder, "application")
    (chart / "templates").mkdir(parents=True)
    (chart / "Chart.yaml").write_text("apiVersion: v2\nname: application\nversion: 1.0.0\n")
    (chart / "templates" / "deployment.yaml").write_text(template)
    with helm_python.Chart.load(chart) as loaded:
        rendered = loaded.render(values=helm_python.values_from_yaml(values), name="release")
variable = yaml.safe_load(rendered["application/templates/deployment.yaml"])["env"][0]
print(variable["name"], variable["value"])
