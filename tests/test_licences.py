"""Nothing that is installed with this package binds those who use it."""

import re
from importlib.metadata import distribution

from packaging.requirements import Requirement

FREE = re.compile(
    r"MIT|(0|[23]-Clause )?BSD|Apache|ISC|PSF|Python Software Foundation|Zlib|CC0"
)
# Their files stay under the MPL when somebody changes them; programs that use them do not.
OF_FILES_ONLY = {"certifi", "tqdm"}


def installed(name, extras=("",), known=None):
    """Return what a package needs, whatever that needs included."""
    known = {} if known is None else known
    for line in distribution(name).requires or ():
        need = Requirement(line)
        wanted = not need.marker or any(
            need.marker.evaluate({"extra": extra}) for extra in extras
        )
        called = need.name.lower().replace("_", "-")
        if wanted and called not in known:
            known[called] = distribution(need.name)
            installed(need.name, ("", *need.extras), known)
    return known


def licences(package):
    """Return what a package says of its licence: best as SPDX, else as it is wont to."""
    told = package.metadata
    if expression := told.get("License-Expression"):
        return re.split(r" (?:AND|OR) ", expression.replace("(", "").replace(")", ""))
    listed = [
        line.rpartition(" :: ")[2]
        for line in told.get_all("Classifier", [])
        if line.startswith("License :: ")
    ]
    return listed or re.split(
        r" (?:AND|OR) ", told.get("License", "none").split("\n")[0]
    )


def test_every_licence_lets_people_do_as_they_like():
    packages = installed("empathy-insights", ("", "ner", "review", "cluster"))

    assert {"pandas", "thinc", "distributed", "anywidget"} <= set(packages)
    binding = {
        name: licences(package)
        for name, package in packages.items()
        if not all(FREE.match(licence) for licence in licences(package))
    }
    assert set(binding) <= OF_FILES_ONLY, binding
