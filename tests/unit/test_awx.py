# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What docs/awx gives to AWX has the names that modules, roles and playbooks have."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.community.mailcow.plugins.module_utils._tasks.connection import CONNECTION
from tests.tools.checkout import ROOT

AWX = ROOT / "docs/awx"
SURVEYS = sorted((AWX / "surveys").glob("*.json"))
KEYS = {"question_name", "question_description", "required", "type", "variable", "default"}
# What AWX asks for a type of an option.
ASKED = {
    "str": {"text", "password"},
    "int": {"integer"},
    "bool": {"multiplechoice"},
    "raw": {"textarea"},
}


def data(name: str) -> Any:
    """A file of docs/awx."""
    text = (AWX / name).read_text()
    return json.loads(text) if name.endswith(".json") else yaml.safe_load(text)


def spec(role: str) -> dict[str, dict[str, Any]]:
    """The options of a role."""
    return yaml.safe_load((ROOT / "roles" / role / "meta/argument_specs.yml").read_text())["argument_specs"]["main"]["options"]


def test_the_credential_sets_the_variables_that_the_modules_read() -> None:
    injected = data("credential_injectors.json")["env"]
    read = {option: spec["fallback"][1][0] for option, spec in CONNECTION.items() if "fallback" in spec}
    fields = {field["id"]: field for field in data("credential_inputs.json")["fields"]}
    assert injected == {read[name]: "{{ %s }}" % name for name in fields}
    for name, field in fields.items():
        assert field["type"] == {"str": "string", "bool": "boolean"}[CONNECTION[name]["type"]]
        assert field.get("secret", False) == CONNECTION[name].get("no_log", False)
        assert field.get("default") == CONNECTION[name].get("default")
    assert data("credential_inputs.json")["required"] == [name for name, option in CONNECTION.items() if option.get("required")]


@pytest.mark.parametrize("survey", SURVEYS, ids=lambda path: path.stem)
def test_a_survey_asks_for_variables_of_its_role(survey: Path) -> None:
    questions, options = json.loads(survey.read_text())["spec"], spec(survey.stem)
    assert questions
    for question in questions:
        option = options[question["variable"]]
        assert set(question) >= KEYS
        assert question["type"] in ASKED[option["type"]]
        assert (question["type"] == "password") == question["variable"].endswith("password")


def test_the_playbook_uses_what_is_there() -> None:
    (play,) = data("setup.yml")
    templates = play["vars"]["awx_templates"]
    assert {template["playbook"] for template in templates} == {path.name for path in (AWX / "project").iterdir()}
    assert {template["survey"] for template in templates if "survey" in template} == {path.stem for path in SURVEYS}
    for name in re.findall(r"playbook_dir ~ '/(\S+?)'", (AWX / "setup.yml").read_text()):
        assert (AWX / name).is_file()


def test_the_projects_playbooks_are_those_of_the_collection() -> None:
    for path in (AWX / "project").iterdir():
        ((imported,),) = ([play["ansible.builtin.import_playbook"] for play in yaml.safe_load(path.read_text())],)
        assert imported == f"community.mailcow.{path.stem}"
        assert (ROOT / "playbooks" / path.name).is_file()


def test_the_execution_environment_has_the_collection() -> None:
    definition = data("execution-environment.yml")
    assert definition["version"] == 3
    assert "community.mailcow" in [collection["name"] for collection in definition["dependencies"]["galaxy"]["collections"]]
