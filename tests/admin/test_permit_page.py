"""The page of a permit: what it is asked without a script."""

from registry.kernel.actor import SYSTEM
from registry.permits import queries, service
from registry.permits.values import TemplateValues


def test_whether_a_message_has_the_shape_of_a_permits_template_is_asked_on_its_page(world, visitor):
    permit = queries.one(SYSTEM, world.one.things["permit"])
    service.add_template(SYSTEM, TemplateValues(permit.key, "您的订单{1}已发货。"))
    company, page = visitor("company"), f"/permits/{permit.key}"
    assert "短信是否相符" in company.get(page).text
    found = company.get(page, query_string={"text": f"【{permit.signature}】您的订单 88 已发货！"}).text
    assert "与本许可的一个模板相符" in found
    assert "{1} = 88" in found
    other = company.get(page, query_string={"text": "您的订单88已取消"}).text
    assert "均不相符" in other
    assert "{1} = " not in other


def test_a_permit_without_templates_asks_for_no_message(world, visitor):
    permit = world.other.things["permit"]
    for each in queries.templates(permit):
        service.end_template(SYSTEM, each.key)
    assert "短信是否相符" not in visitor("reviewer").get(f"/permits/{permit}").text
