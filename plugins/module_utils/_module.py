# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The glue between Ansible and the engine: argument spec, connection, check mode and the shape of results."""

from __future__ import annotations

from ansible.module_utils.basic import AnsibleModule, env_fallback, missing_required_lib

from ansible_collections.community.mailcow.plugins.module_utils._client import HAS_REQUESTS, REQUESTS_IMPORT_ERROR, Client
from ansible_collections.community.mailcow.plugins.module_utils._errors import InvalidValue, MailcowError
from ansible_collections.community.mailcow.plugins.module_utils._fields import MISSING
from ansible_collections.community.mailcow.plugins.module_utils._names import domain_name
from ansible_collections.community.mailcow.plugins.module_utils._plan import ALWAYS, Wanted
from ansible_collections.community.mailcow.plugins.module_utils._reader import Reader
from ansible_collections.community.mailcow.plugins.module_utils._reconcile import converge

CONNECTION = {
    "url": {"type": "str", "required": True, "fallback": (env_fallback, ["MAILCOW_URL"])},
    "api_key": {"type": "str", "required": True, "no_log": True, "fallback": (env_fallback, ["MAILCOW_API_KEY"])},
    "validate_certs": {"type": "bool", "default": True, "fallback": (env_fallback, ["MAILCOW_VALIDATE_CERTS"])},
    "ca_path": {"type": "path"},
    "timeout": {"type": "int", "default": 120, "fallback": (env_fallback, ["MAILCOW_TIMEOUT"])},
}
# How many requests an info module makes side by side.
INFO_CONNECTIONS = 4


def run(resource):
    """Be the module of one mailcow object: bring it to what the parameters say and exit with the result."""
    module = AnsibleModule(argument_spec=dict(CONNECTION, **item_spec(resource)), supports_check_mode=True)
    title = ("%s %s" % (resource.title, module.params.get(resource.identity.option) or "")).strip()
    try:
        wish = wanted(resource, module.params)
        if resource.numbered:
            title = "%s %s" % (resource.title, wish.identity)
        outcome = converge(resource, [wish], connect(module))[0]
    except MailcowError as error:
        _fail(module, title, error)
    for warning in outcome.warnings:
        module.warn("%s: mailcow warns: %s" % (title, warning))
    if outcome.error:
        _fail(module, title, outcome.error, changed=bool(outcome.done))
    result = {"changed": outcome.changed}
    if module._diff:
        result["diff"] = {"before": outcome.plan.before, "after": outcome.plan.after, "before_header": title, "after_header": title}
    if outcome.wanted.state == "present":
        result.update(_present(resource, outcome, module.check_mode))
        if outcome.plan.action == "create" and outcome.current:
            result["status"].update(_shown_by(resource.secrets, outcome.current))
    module.exit_json(**result)


def run_info(resource):
    """Be the info module of one kind of mailcow object: exit with the objects that there are, and change nothing."""
    parts = getattr(resource.identity, "parts", ())
    spec = dict(resource.identity.argument_spec())
    for part in parts:
        spec.update(part.argument_spec())
    readable = [field for field in resource.fields if field.secret and field.readable and field.revealable]
    if resource.secrets or readable:
        spec["show_secrets"] = {"type": "bool", "default": False, "no_log": False}
    if resource.domain_of or (resource.numbered and resource.scope):
        spec["domains"] = {"type": "list", "elements": "str"}
    if resource.listed_options(True) != resource.listed_options(False):
        spec["details"] = {"type": "bool", "default": False}
    module = AnsibleModule(argument_spec=dict(CONNECTION, **spec), supports_check_mode=True)
    options = resource.listed_options(module.params.get("details", False))
    secrets = [field.option for field in readable] if module.params.get("show_secrets") else []
    try:
        reader = connect(module, connections=INFO_CONNECTIONS)
        domains = domain_names(module.params.get("domains"))
        found = reader.select(resource, module.params, domains, options + secrets)
    except MailcowError as error:
        _fail(module, resource.plural, error)
    objects = [
        dict(
            resource.shown(existing.identity, existing.values),
            **{option: existing.values.get(option) for option in secrets},
            status=_info_status(resource, module.params, existing),
        )
        for existing in found
    ]
    module.exit_json(changed=False, **{resource.plural: objects[0] if resource.read.only_one else objects})


def run_task(title, spec, work):
    """Be a module that is about no declared object: exit with the result that ``work(module)`` gives, which is a failure
    when it has a ``msg``. ``title`` stands before messages.
    """
    module = AnsibleModule(argument_spec=dict(CONNECTION, **spec), supports_check_mode=True)
    try:
        result = work(module)
    except MailcowError as error:
        _fail(module, title, error)
    if "msg" in result:
        module.fail_json(**result)
    module.exit_json(**result)


def item_spec(resource):
    """Give the argument spec of one object, without the connection: the options of the single module and of an item in
    bulk.
    """
    needed = {"required": True} if resource.identity.needed else {}
    spec = {option: dict(details, **needed) for option, details in resource.identity.argument_spec().items()}
    for field in resource.fields:
        spec.update(field.argument_spec())
    for policy in resource.policies:
        spec[policy] = {"type": "str", "choices": ["on_create", ALWAYS], "default": "on_create"}
        if policy == "update_password":
            # The name makes Ansible suspect a secret.
            spec[policy]["no_log"] = False
    if resource.rename:
        spec["rename_to"] = {"type": "str"}
        spec.update(resource.rename.options)
    if resource.removable:
        spec["state"] = {"type": "str", "choices": ["present", "absent"], "default": "present"}
    return spec


def wanted(resource, params):
    """Give the `_plan.Wanted` of checked parameters. Raises InvalidValue for a value that mailcow cannot hold."""
    wish = Wanted(identity=resource.identity.given(params), values={}, state=params.get("state", "present"), options=params)
    if wish.state == "absent" and resource.reset is not None:
        wish.values = dict(resource.reset)
    if wish.state == "present":
        named = {resource.by_parameter[name] for name, value in params.items() if value is not None and name in resource.by_parameter}
        given = {field.option: field.given(params) for field in named}
        wish.values = {option: value for option, value in given.items() if value is not MISSING}
        wish.policies = {policy: params[policy] for policy in resource.policies}
        if params.get("rename_to") is not None:
            try:
                wish.rename_to = resource.identity.canonical(params["rename_to"])
            except ValueError as error:
                raise InvalidValue("rename_to", str(error)) from error
    return wish


def domain_names(names, option="domains"):
    """Give the value of an option with names of domains as mailcow spells them, None when it was not given. Raises
    InvalidValue.
    """
    if names is None:
        return None
    given = []
    for name in names:
        try:
            given.append(domain_name(name))
        except ValueError as error:
            raise InvalidValue(option, str(error)) from error
    return given


def connect(module, connections=1, many=False, **options):
    """Give the `_reader.Reader` for the connection options of a module. Raises MailcowError when one of them cannot be
    right. Further ``options`` are those of `_client.Client`, beside or in place of the module's.
    """
    if not HAS_REQUESTS:
        module.fail_json(msg=missing_required_lib("requests"), exception=REQUESTS_IMPORT_ERROR)
    params = module.params
    if not params["api_key"].strip():
        raise MailcowError("api_key: no API key was given. Set the option api_key or the variable MAILCOW_API_KEY")
    if params["timeout"] <= 0:
        raise MailcowError("timeout: must be at least 1 second")
    settings = {name: params[name] for name in ("url", "validate_certs", "ca_path", "timeout")}
    client = Client(**dict(settings, api_key=params["api_key"].strip(), connections=connections, **options))
    return Reader(client, module.check_mode, connections, many)


def _present(resource, outcome, check_mode):
    """Give the object and its read-only values: as read after the last write, in check mode as they would be."""
    current = outcome.current
    shown = resource.shown(current.identity, current.values) if current else {}
    if check_mode:
        secrets = [field.option for field in resource.fields if field.secret]
        shown = dict(shown, **{option: value for option, value in outcome.plan.after.items() if option not in secrets})
    return {resource.kind: shown, "status": _status(resource, current) if current else {}}


def _status(resource, existing):
    return _shown_by(resource.status, existing)


def _info_status(resource, params, existing):
    secrets = resource.secrets if params.get("show_secrets") else {}
    return _shown_by(dict(resource.status, **secrets), existing)


def _shown_by(shows, existing):
    return {name: show(existing.raw) for name, show in shows.items()}


def _fail(module, title, error, changed=False):
    module.fail_json(msg="%s: %s" % (title, error), changed=changed, **error.details())
