# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The glue of the modules that take and give many kinds of objects at once."""

from __future__ import annotations

import gc

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common.parameters import remove_values

from ansible_collections.community.mailcow.plugins.module_utils._bulk import apply
from ansible_collections.community.mailcow.plugins.module_utils._declaration import Declaration
from ansible_collections.community.mailcow.plugins.module_utils._errors import MailcowError
from ansible_collections.community.mailcow.plugins.module_utils._kinds import KINDS
from ansible_collections.community.mailcow.plugins.module_utils._module import CONNECTION, connect, domain_names
from ansible_collections.community.mailcow.plugins.module_utils._reader import alone, by_key

_PLURALS = [resource.plural for resource in KINDS]
_PRUNABLE = [resource.plural for resource in KINDS if resource.removable]
_COUNTED = {"create": "created", "update": "updated", "rename": "updated", "delete": "deleted", "none": "unchanged"}
# In place of the arguments in a result.
_NOT_SHOWN = {"module_args": {"config": "not shown"}}


class _QuietModule(AnsibleModule):
    """A module that does not repeat its arguments: the items of config hold passwords, and Ansible does not know which."""

    def exit_json(self, **result):
        super().exit_json(invocation=_NOT_SHOWN, **result)

    def fail_json(self, msg, **result):
        super().fail_json(msg, invocation=_NOT_SHOWN, **result)


def run_config():
    """Be mailcow_config: bring the server to the declared state and exit with what changed."""
    module = _QuietModule(
        argument_spec=dict(
            CONNECTION,
            config={"type": "dict", "required": True},
            prune={"type": "list", "elements": "str", "choices": _PRUNABLE, "default": []},
            domains={"type": "list", "elements": "str"},
            allow_empty={"type": "bool", "default": False},
            concurrency={"type": "int", "default": 4},
        ),
        supports_check_mode=True,
        # Nor in the system's log.
        no_log=True,
    )
    # Tens of thousands of objects that all stay: looking for garbage among them takes longer than the work itself.
    gc.disable()
    secrets = set()
    try:
        domains = domain_names(module.params["domains"])
        declaration = Declaration(module.params["config"], module.params["prune"], domains, module.params["allow_empty"])
        secrets = declaration.secrets
        declaration.check()
        reader = connect(module, module.params["concurrency"], many=True)
        changes = apply(declaration.declared, reader, domains)
    except MailcowError as error:
        module.fail_json(msg=remove_values(str(error), secrets), **error.details())
    result = _result(changes, declaration.declared)
    if module._diff:
        result["diff"] = _diff(changes)
    for change in changes:
        for warning in [text for outcome in change.outcomes for text in outcome.warnings]:
            module.warn("%s %s: mailcow warns: %s" % (change.resource.title, change.name, warning))
    if result["failures"]:
        module.fail_json(msg=_failure(result["failures"], len(changes)), **result)
    module.exit_json(**result)


def run_config_info():
    """Be mailcow_config_info: exit with what there is, in the shape that mailcow_config takes."""
    module = AnsibleModule(
        argument_spec=dict(
            CONNECTION,
            kinds={"type": "list", "elements": "str", "choices": _PLURALS},
            domains={"type": "list", "elements": "str"},
            details={"type": "bool", "default": False},
            concurrency={"type": "int", "default": 4},
        ),
        supports_check_mode=True,
    )
    config = {}
    try:
        domains = domain_names(module.params["domains"])
        reader = connect(module, module.params["concurrency"])
        for resource in KINDS:
            if module.params["kinds"] is None or resource.plural in module.params["kinds"]:
                config[resource.plural] = _exported(resource, reader, domains, module.params["details"])
    except MailcowError as error:
        module.fail_json(msg=str(error), **error.details())
    module.exit_json(changed=False, config=config)


def _exported(resource, reader, domains, details):
    found = sorted(reader.list(resource, domains, resource.listed_options(details)), key=lambda existing: resource.key(existing.identity))
    objects = [resource.shown(existing.identity, existing.values) for existing in found]
    if resource.numbered:
        keyed = by_key(resource, found)
        for existing, shown in zip(found, objects):
            # Only the number tells these apart from others when they are given back.
            if not alone(resource, existing, keyed):
                shown[resource.identity.option] = existing.item
    return next(iter(objects), {}) if resource.read.only_one else objects


def _result(changes, declared):
    summary = {kind.resource.plural: dict.fromkeys(["created", "updated", "deleted", "unchanged", "failed"], 0) for kind in declared}
    changed, failures = [], []
    for change in changes:
        counts = summary[change.resource.plural]
        if change.error:
            counts["failed"] += 1
            failures.append(dict(kind=change.resource.plural, name=change.name, msg=str(change.error), **change.error.details()))
        else:
            counts[_COUNTED[change.action]] += 1
        if change.action != "none" and (change.wrote or not change.error):
            before, after = change.difference()
            changed.append({"kind": change.resource.plural, "name": change.name, "action": change.action, "before": before, "after": after})
    used = {plural: counts for plural, counts in summary.items() if any(counts.values())}
    return {"changed": bool(changed), "changes": changed, "summary": used, "failures": failures}


def _diff(changes):
    """Give one diff of all objects that change, by kind and name, with the options that change."""
    before, after = {}, {}
    for change in sorted(changes, key=lambda change: change.name):
        if change.action == "none" or (change.error and not change.wrote):
            continue
        old, new = change.difference()
        if change.action == "delete":
            # All of it would be a screenful for each; it stands in the result's changes.
            old = {option: old[option] for option in change.resource.naming if option in old}
        if change.action != "create":
            before.setdefault(change.resource.plural, {})[change.name] = old
        if change.action != "delete":
            after.setdefault(change.resource.plural, {})[change.name] = new
    return {"before": before, "after": after}


def _failure(failures, total):
    first = failures[0]
    told = "%s %s: %s" % (first["kind"], first["name"], first["msg"])
    if len(failures) == 1:
        return "1 of %d objects failed: %s" % (total, told)
    return "%d of %d objects failed; all others are as declared, and a second run goes on with these. The first: %s" % (
        len(failures),
        total,
        told,
    )
